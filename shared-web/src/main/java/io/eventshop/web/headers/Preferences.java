package io.eventshop.web.headers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `Prefer` header: `name[=value][; parameters], …`, where a value is a token or a quoted
/// string and names have no case.
final class Preferences {

    private static final Pattern MEMBER = Pattern.compile("(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*+\")++");
    private static final Pattern PREFERENCE =
            Pattern.compile(
                    "\\s*+([!#$%&'*+.^_`|~0-9A-Za-z-]++)"
                            + "\\s*+(?:=\\s*+(?:\"([^\"\\\\]*+)\"|([^\\s;\"]*+)))?+\\s*+(?:;.*+)?");

    private Preferences() {}

    /// The value of the first preference of this name, empty text if it has none.
    static Optional<String> first(@Nullable String header, String name) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher member = MEMBER.matcher(header);
        while (member.find()) {
            Matcher preference = PREFERENCE.matcher(member.group());
            if (preference.matches() && name.equalsIgnoreCase(preference.group(1))) {
                String quoted = preference.group(2);
                String token = preference.group(3);
                return Optional.of(quoted != null ? quoted : token != null ? token : "");
            }
        }
        return Optional.empty();
    }
}
