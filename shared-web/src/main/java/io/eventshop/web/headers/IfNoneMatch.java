package io.eventshop.web.headers;

import org.jspecify.annotations.Nullable;

/// The condition of a read: send it only if I do not have it already (RFC 9110, 13.1.2); the answer
/// is 304 where [#matches] is true.
public final class IfNoneMatch {

    private static final String HEADER = "If-None-Match";

    private final @Nullable EntityTags tags;

    private IfNoneMatch(@Nullable EntityTags tags) {
        this.tags = tags;
    }

    /// @param value the header's value, null if it was not sent; several lines joined by commas
    /// @throws io.eventshop.web.problem.ProblemException 400 `invalid-header`
    public static IfNoneMatch parse(@Nullable String value) {
        return new IfNoneMatch(value == null ? null : EntityTags.parse(HEADER, value));
    }

    /// Compared weakly, as the RFC has it for this header: `W/"7"` matches `"7"`.
    public boolean matches(ETag current) {
        return tags != null
                && (tags.any() || tags.strong().contains(current) || tags.weak().contains(current));
    }
}
