package io.eventshop.web.headers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// The condition of a read: send it only if I do not have it already (RFC 9110, 13.1.2).
///
/// @param tags null if the header was not sent
public record IfNoneMatch(@Nullable List<ETag> tags) {

    /// @param value the header's value, null if it was not sent; several lines joined by commas
    /// @throws io.eventshop.web.problem.Problem 400 `invalid-header`
    public static IfNoneMatch parse(@Nullable String value) {
        return new IfNoneMatch(ETags.parse("If-None-Match", value));
    }

    /// Compared weakly, as the RFC has it for this header: `W/"7"` matches `"7"`.
    public boolean matches(ETag current) {
        return tags != null
                && tags.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, false));
    }

    /// The resource with its tag, or 304 for a client that has it already.
    public <T> ResponseEntity<T> answer(ETag current, T resource) {
        var answer =
                ResponseEntity.status(matches(current) ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .eTag(current.formattedTag());
        return matches(current) ? answer.build() : answer.body(resource);
    }
}
