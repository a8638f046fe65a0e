package io.eventshop.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/// What a client is told when a request is refused or fails: a problem detail by RFC 9457. Clients
/// switch on the slug (the last part of `type`), people read title and detail.
///
/// Built up and thrown, for one request each:
///
/// ```java
/// throw Problem.of(OrderProblem.UNKNOWN_SKU).at("/lines/0/sku", "no item has this SKU");
/// ```
///
/// Thrown inside a transaction it rolls back like any other unchecked exception, so a refusal
/// leaves nothing behind. It has no stack trace: a refusal is an answer, not a fault, and load must
/// not make it expensive.
///
/// Title and detail are written by us, for the client. Never put the message of a foreign exception
/// into them: it tells class names, SQL and data to strangers.
public final class Problem extends ErrorResponseException {

    /// A body can be wrong in a thousand places; nobody reads more than these.
    public static final int ERRORS_MAX = 20;

    /// Long enough for a burst to pass or for a request with the same key to end, and short enough
    /// for a client to wait.
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ProblemType type;
    private final List<Flaw> errors = new ArrayList<>();

    private Problem(ProblemType type) {
        super(type.about().status());
        this.type = type;
        setType(URI.create("/problems/" + type.slug()));
        setTitle(type.about().title());
    }

    public static Problem of(ProblemType type) {
        return new Problem(type);
    }

    /// What can be said when nothing is known but the status: the slug is its name.
    public static Problem of(HttpStatus status) {
        return of(CommonProblem.of(status));
    }

    /// As [#of(HttpStatus)]; a status that is no error, or unknown, is a fault of ours.
    static Problem ofStatus(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return of(status != null && status.isError() ? status : HttpStatus.INTERNAL_SERVER_ERROR);
    }

    /// 404 with the slug `not-found`.
    public static Problem notFound(@Nullable String detail) {
        return of(CommonProblem.NOT_FOUND).detail(detail);
    }

    /// 412 with the slug `precondition-failed`.
    public static Problem preconditionFailed() {
        return of(CommonProblem.PRECONDITION_FAILED);
    }

    /// What was wrong this time, if there is more to say than the title.
    public Problem detail(@Nullable String text) {
        setDetail(text);
        return this;
    }

    /// Names a place in the request body by its JSON pointer, e.g. `/lines/0/sku`.
    public Problem at(String pointer, String text) {
        return and(new Flaw(pointer, null, text));
    }

    /// Names a path variable, query parameter or header.
    public Problem parameter(String name, String text) {
        return and(new Flaw(null, name, text));
    }

    /// The same request may succeed in a second: says so in `Retry-After`.
    public Problem retryLater() {
        getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return this;
    }

    /// What the status demands besides, e.g. `Allow` with 405 and `Accept` with 415.
    Problem headers(HttpHeaders more) {
        getHeaders().putAll(more);
        return this;
    }

    public String slug() {
        return type.slug();
    }

    @Override
    public String getMessage() {
        return slug() + ": " + type.about().title();
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    private Problem and(Flaw flaw) {
        if (errors.size() < ERRORS_MAX) {
            errors.add(flaw);
            getBody().setProperty("errors", errors);
        }
        return this;
    }

    /// One wrong part of a request.
    ///
    /// @param pointer a JSON pointer into the body (RFC 6901), if the part is in the body
    /// @param parameter the name of a path variable, query parameter or header otherwise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Flaw(@Nullable String pointer, @Nullable String parameter, String detail) {}
}
