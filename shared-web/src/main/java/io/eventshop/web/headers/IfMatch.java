package io.eventshop.web.headers;

import io.eventshop.web.problem.Problem;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/// The precondition of a change: do it only if the resource is still as I have read it (RFC 9110,
/// 13.1.1). Without the header everything is allowed.
///
/// @param tags null if the header was not sent
public record IfMatch(@Nullable List<ETag> tags) {

    /// @param value the header's value, null if it was not sent; several lines joined by commas
    /// @throws Problem 400 `invalid-header`
    public static IfMatch parse(@Nullable String value) {
        return new IfMatch(ETags.parse("If-Match", value));
    }

    /// To be asked in the transaction of the change, and where another one's change in between is
    /// locked out or found out.
    ///
    /// @param version of the resource, of which its tag is made; empty if it does not exist
    /// @throws Problem 412 `precondition-failed`
    public void require(OptionalLong version) {
        boolean allowed =
                tags == null
                        || (version.isPresent() && allows(ETags.ofVersion(version.getAsLong())));
        if (!allowed) {
            throw Problem.preconditionFailed();
        }
    }

    /// Compared strongly: a weak tag in the header never matches.
    boolean allows(ETag current) {
        return tags == null
                || tags.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, true));
    }
}
