package io.eventshop.web.problem;

import static java.util.Objects.requireNonNullElse;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// Writes the places that Jackson and bean validation name as JSON pointers (RFC 6901).
final class JsonPointers {

    /// A pointer is for people; a name that a client made endless is cut off.
    private static final int STEP_MAX = 100;

    private static final Pattern STEP = Pattern.compile("(?<=\\[)[^\\]]*|[^.\\[\\]]+");

    private JsonPointers() {}

    static String of(JacksonException e) {
        return e.getPath().stream()
                .map(step -> requireNonNullElse(step.getPropertyName(), "" + step.getIndex()))
                .map(JsonPointers::step)
                .collect(Collectors.joining());
    }

    /// @param path as bean validation writes it, e.g. `lines[0].sku`
    static String ofPath(String path) {
        return STEP.matcher(path)
                .results()
                .map(MatchResult::group)
                .filter(name -> !name.startsWith("<"))
                .map(JsonPointers::step)
                .collect(Collectors.joining());
    }

    private static String step(String name) {
        String shown = name.length() > STEP_MAX ? name.substring(0, STEP_MAX) : name;
        return "/" + shown.replace("~", "~0").replace("/", "~1");
    }
}
