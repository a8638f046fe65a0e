package io.eventshop.contracts.gate;

import java.util.Optional;
import java.util.regex.Pattern;

/// A line of `changes.md`, e.g. `- **1.1.0** (additive): The optional note.`
///
/// @param kind `new` for the first version, then the word of a [Change.Kind]
record ChangeLine(String version, String kind, String sentence) {

    static final String NEW = "new";

    private static final Pattern FORM =
            Pattern.compile(
                    "- \\*\\*(\\d+\\.\\d+\\.\\d+)\\*\\* \\((new|wording|additive|breaking)\\): (\\S.*\\.)");

    static Optional<ChangeLine> parse(String line) {
        var form = FORM.matcher(line);
        return form.matches()
                ? Optional.of(new ChangeLine(form.group(1), form.group(2), form.group(3)))
                : Optional.empty();
    }
}
