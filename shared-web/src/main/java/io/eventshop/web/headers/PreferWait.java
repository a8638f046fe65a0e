package io.eventshop.web.headers;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Prefer: wait=n` (RFC 7240): the client would rather wait up to n seconds for the final answer
/// than poll for it.
///
/// @param atMost how long to wait; at most [#MAX], also where the client asked for more
public record PreferWait(Duration atMost) {

    /// Proxies and browsers begin to give up on silent requests not much later, and every waiting
    /// request holds a connection.
    public static final Duration MAX = Duration.ofSeconds(10);

    /// A preference is never an error: what is malformed or unknown is ignored, as the RFC says.
    /// The first `wait` counts.
    ///
    /// @param value the header's value, null if it was not sent; several lines joined by commas
    public static Optional<PreferWait> parse(@Nullable String value) {
        return Preferences.first(value, "wait")
                .flatMap(PreferWait::seconds)
                .map(seconds -> new PreferWait(seconds));
    }

    /// The value of `Preference-Applied`, for an answer that did wait or did not need to.
    public String applied() {
        return "wait=" + atMost.toSeconds();
    }

    private static Optional<Duration> seconds(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return Optional.of(
                significant.length() > 2
                        ? MAX
                        : Duration.ofSeconds(
                                Math.min(Long.parseLong(significant), MAX.toSeconds())));
    }
}
