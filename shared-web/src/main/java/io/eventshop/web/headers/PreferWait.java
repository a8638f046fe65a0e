package io.eventshop.web.headers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `Prefer: wait=n` (RFC 7240): the client would rather wait up to n seconds for the final answer
/// than poll for it.
///
/// @param atMost how long to wait; at most [#MAX], also where the client asked for more
public record PreferWait(Duration atMost) {

    /// Proxies and browsers begin to give up on silent requests not much later, and every waiting
    /// request holds a connection.
    public static final Duration MAX = Duration.ofSeconds(10);

    /// One of the header's preferences, `name[=value][; parameters]`, where the name has no case
    /// and the value is a token or a quoted string.
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?i)\\s*+wait\\s*+(?:=\\s*+(\"[^\"\\\\]*+\"|[^\\s;\"]*+))?+\\s*+(?:;.*+)?");

    /// A preference is never an error: what is malformed or unknown is ignored, as the RFC says.
    /// The first `wait` counts.
    ///
    /// @param value the header's value, null if it was not sent; several lines joined by commas
    public static Optional<PreferWait> parse(@Nullable String value) {
        return preferences(Objects.requireNonNullElse(value, "")).stream()
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> Objects.requireNonNullElse(wait.group(1), "").replace("\"", ""))
                .filter(seconds -> seconds.matches("[0-9]+"))
                .map(PreferWait::ofSeconds);
    }

    /// The value of `Preference-Applied`, for an answer that did wait or did not need to.
    public String applied() {
        return "wait=" + atMost.toSeconds();
    }

    private static PreferWait ofSeconds(String digits) {
        boolean fewDigits = digits.matches("0*[0-9]{1,2}");
        return new PreferWait(
                fewDigits && Integer.parseInt(digits) < MAX.toSeconds()
                        ? Duration.ofSeconds(Integer.parseInt(digits))
                        : MAX);
    }

    /// Splits at the commas outside of quotes, in one walk: a pattern that allows for quotes can be
    /// made to start over at each of them.
    private static List<String> preferences(String header) {
        var members = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                members.add(header.substring(start, i));
                start = i + 1;
            }
        }
        members.add(header.substring(start));
        return members;
    }
}
