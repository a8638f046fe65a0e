package io.eventshop.web.problem;

import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/// The problems that every service has. A constant's name makes its slug: never rename one.
public enum CommonProblem implements ProblemType {
    INVALID_PARAMETER(
            HttpStatus.BAD_REQUEST,
            "A parameter is not valid",
            "A part of the path or a query parameter is missing, of the wrong type or out of its"
                    + " range, so it is not known what is asked for.",
            "Look at `errors`: each entry names a parameter and what it must be."),
    INVALID_HEADER(
            HttpStatus.BAD_REQUEST,
            "A header cannot be understood",
            "A header has not the form that its standard demands, and ignoring it would do"
                    + " something else than what was asked for.",
            "Look at `errors` for the header's name and form, or leave the header out."),
    INVALID_CURSOR(
            HttpStatus.BAD_REQUEST,
            "The cursor is not valid here",
            "The cursor was changed, or it belongs to another list or to other filters.",
            "Take `next` from a page of the same list as it is, with the same filters, or begin"
                    + " again without a cursor."),
    INVALID_IDEMPOTENCY_KEY(
            HttpStatus.BAD_REQUEST,
            "The idempotency key is not valid",
            "The header Idempotency-Key is empty, too long or has characters that cannot be.",
            "Send 1 to 255 visible ASCII characters, best a fresh UUID for each thing to be done."),
    MISSING_BODY(
            HttpStatus.BAD_REQUEST,
            "A JSON body is required",
            "The operation needs a body and there was none.",
            "Send a JSON document, with Content-Type: application/json."),
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "The body is not well-formed JSON",
            "The body has broken syntax, a repeated field, bytes that are not UTF-8, or a text, a"
                    + " number or a nesting that is too long.",
            "Look at `detail` for line and column, and check what makes the body."),
    UNKNOWN_FIELD(
            HttpStatus.BAD_REQUEST,
            "A field is not known here",
            "The body has a field that this operation does not know. It is refused rather than"
                    + " ignored, because a misspelt field would be taken for an absent one.",
            "Look at `errors` for its place; correct its name or leave it out."),
    WRONG_TYPE(
            HttpStatus.BAD_REQUEST,
            "A value is not of the type that is asked for",
            "A value in the body is, for example, a text where a number is asked for. Nothing is"
                    + " converted: \"5\" is not 5.",
            "Look at `errors` for its place, and at the OpenAPI document for its type."),
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "There is no such resource",
            "Nothing has this id, or there is nothing at this path.",
            "Check the path. What was made a moment ago by an event may not be here yet."),
    REQUEST_TIMEOUT(
            HttpStatus.REQUEST_TIMEOUT,
            "The request took too long to arrive",
            "A request, with all of its body, has to arrive within 5 s. This one was not begun, and"
                    + " its connection is closed.",
            "Send the same request again, all of it at once, and check the network if it stays so."),
    CONCURRENT_CHANGE(
            HttpStatus.CONFLICT,
            "Somebody else changed it at the same moment",
            "Two requests changed the same thing at once, and the other one was first. This one"
                    + " changed nothing.",
            "Read the resource again and decide again."),
    IDEMPOTENCY_KEY_IN_USE(
            HttpStatus.CONFLICT,
            "A request with this key is still running",
            "Another request with the same Idempotency-Key has begun and not ended yet.",
            "Send it again after the seconds in Retry-After; it then gets the first one's answer."),
    PRECONDITION_FAILED(
            HttpStatus.PRECONDITION_FAILED,
            "The resource has changed since it was read",
            "If-Match names a state of the resource that is no longer its current one.",
            "Read the resource again, decide again, and send its new ETag."),
    CONTENT_TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "The request body is too large",
            "The body is larger than any that makes sense here.",
            "Send less at once; `detail` says how much is taken."),
    INVALID_REQUEST(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The request is not valid",
            "The body was understood, but some of its values can never be accepted.",
            "Look at `errors`: each entry has a JSON pointer and what the value must be."),
    INVALID_TEXT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "A text has characters that cannot be",
            "A text holds a character that cannot be kept, such as NUL.",
            "Leave such characters out."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "This key came with another request before",
            "The Idempotency-Key was used for a request with another body or operation.",
            "Use a new key for a new request, and the old key only to repeat the old one."),
    OVERLOADED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too much to do just now",
            "More requests came than can be worked on at once. This one was not begun.",
            "Send it again after the seconds in Retry-After, and fewer at once."),
    TEMPORARILY_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The service cannot work just now",
            "The database did not answer in time. What the request asked for may or may not have"
                    + " been done.",
            "Send it again after the seconds in Retry-After, with the same Idempotency-Key if it"
                    + " has effects.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final About about;

    CommonProblem(HttpStatus status, String title, String meaning, String remedy) {
        about = new About(status, title, meaning, remedy);
    }

    /// Where nothing is known but the status: the type that is named like it, if there is one.
    static ProblemType of(HttpStatus status) {
        return Stream.<ProblemType>of(values())
                .filter(problem -> problem.name().equals(status.name()))
                .findFirst()
                .orElseGet(() -> new StatusProblem(status));
    }

    @Override
    public About about() {
        return about;
    }
}
