package io.eventshop.web.headers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the `Prefer` header: `name[=value][; parameters], …`, where a value is a token or a quoted
/// string and names have no case.
final class Preferences {

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
        for (String member : members(header)) {
            Matcher preference = PREFERENCE.matcher(member);
            if (preference.matches() && name.equalsIgnoreCase(preference.group(1))) {
                String quoted = preference.group(2);
                String token = preference.group(3);
                return Optional.of(quoted != null ? quoted : token != null ? token : "");
            }
        }
        return Optional.empty();
    }

    /// Splits at the commas outside of quotes, in one walk: a pattern that allows for quotes can be
    /// made to start over at each of them.
    private static List<String> members(String header) {
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
