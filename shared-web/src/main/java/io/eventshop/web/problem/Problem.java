package io.eventshop.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What a client is told when a request is refused or fails: a problem detail by RFC 9457. Clients
/// switch on the slug (the last part of `type`), people read title and detail.
///
/// A value to build up and throw:
///
/// ```java
/// throw Problem.of(OrderProblem.UNKNOWN_SKU)
///         .at("/lines/0/sku", "no item has this SKU")
///         .exception();
/// ```
///
/// Title and detail are written by us, for the client. Never put the message of a foreign exception
/// into them: it tells class names, SQL and data to strangers.
///
/// @param type says status, slug and title, and has a page of its own
/// @param detail what was wrong this time, if there is more to say than the title
/// @param errors which parts of the request were wrong; at most [#ERRORS_MAX]
/// @param retryAfter sent as `Retry-After`, in whole seconds rounded up, where the same request may
///   succeed later
public record Problem(
        ProblemType type,
        @Nullable String detail,
        List<Flaw> errors,
        @Nullable Duration retryAfter) {

    /// A body can be wrong in a thousand places; nobody reads more than these.
    public static final int ERRORS_MAX = 20;

    public Problem {
        errors = errors.stream().limit(ERRORS_MAX).toList();
    }

    public static Problem of(ProblemType type) {
        return new Problem(type, null, List.of(), null);
    }

    /// What can be said when nothing is known but the status: the slug is its name.
    public static Problem of(HttpStatus status) {
        return of(CommonProblem.of(status));
    }

    /// 404 with the slug `not-found`.
    public static Problem notFound(String detail) {
        return of(CommonProblem.NOT_FOUND).detail(detail);
    }

    /// 412 with the slug `precondition-failed`.
    public static Problem preconditionFailed() {
        return of(CommonProblem.PRECONDITION_FAILED);
    }

    public HttpStatus status() {
        return type.status();
    }

    public String slug() {
        return type.slug();
    }

    public String title() {
        return type.title();
    }

    public Problem detail(String text) {
        return new Problem(type, text, errors, retryAfter);
    }

    /// Names a place in the request body by its JSON pointer, e.g. `/lines/0/sku`.
    public Problem at(String pointer, String text) {
        return and(new Flaw(pointer, null, text));
    }

    /// Names a path variable, query parameter or header.
    public Problem parameter(String name, String text) {
        return and(new Flaw(null, name, text));
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(type, detail, errors, wait);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    private Problem and(Flaw flaw) {
        return new Problem(
                type, detail, Stream.concat(errors.stream(), Stream.of(flaw)).toList(), retryAfter);
    }

    /// One wrong part of a request.
    ///
    /// @param pointer a JSON pointer into the body (RFC 6901), if the part is in the body
    /// @param parameter the name of a path variable, query parameter or header otherwise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Flaw(@Nullable String pointer, @Nullable String parameter, String detail) {}
}
