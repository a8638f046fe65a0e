package io.eventshop.web.headers;

import io.eventshop.web.problem.Problem;
import org.jspecify.annotations.Nullable;

/// The precondition of a change: do it only if the resource is still as I have read it (RFC 9110,
/// 13.1.1). Without the header everything is allowed.
public final class IfMatch {

    private static final String HEADER = "If-Match";

    private final @Nullable EntityTags tags;

    private IfMatch(@Nullable EntityTags tags) {
        this.tags = tags;
    }

    /// @param value the header's value, null if it was not sent; several lines joined by commas
    /// @throws io.eventshop.web.problem.ProblemException 400 `invalid-header`
    public static IfMatch parse(@Nullable String value) {
        return new IfMatch(value == null ? null : EntityTags.parse(HEADER, value));
    }

    /// Whether the client named a state at all. If not, a caller may retry a version conflict.
    public boolean isPresent() {
        return tags != null;
    }

    /// Compared strongly: a weak tag in the header never matches.
    public boolean allows(ETag current) {
        return tags == null || tags.any() || tags.strong().contains(current);
    }

    /// @throws io.eventshop.web.problem.ProblemException 412 `precondition-failed`
    public void require(ETag current) {
        if (!allows(current)) {
            throw Problem.preconditionFailed().exception();
        }
    }
}
