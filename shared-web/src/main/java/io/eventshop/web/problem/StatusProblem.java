package io.eventshop.web.problem;

import org.springframework.http.HttpStatus;

/// What can be said when nothing is known but the status: refusals and failures of the machinery
/// around our own code.
record StatusProblem(HttpStatus status) implements ProblemType {

    @Override
    public String name() {
        return status.name();
    }

    @Override
    public About about() {
        return status.is4xxClientError()
                ? new About(
                        status,
                        status.getReasonPhrase(),
                        "The request was refused before any of it was done, for the reason that its"
                                + " HTTP status has in RFC 9110.",
                        "Change the request. The same one will be refused again.")
                : new About(
                        status,
                        status.getReasonPhrase(),
                        "The service failed to answer. What the request asked for may or may not"
                                + " have been done.",
                        "Send the same request again later, with the same Idempotency-Key if it has"
                                + " effects. Tell us the X-Correlation-Id of the answer if it stays"
                                + " so.");
    }
}
