package io.eventshop.contracts.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `docs/evolving-events.md`, taken apart.
final class Guide {

    private static final Pattern FILE =
            Pattern.compile(
                    "(?m)^`((?:schemas|samples)/\\S+)`:\\n\\n```\\w+\\n([^`]|`(?!``))*?^```$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^> Left out: (.+)$");

    private Guide() {}

    /// @param files what the step adds, by name
    /// @param java what the step writes in Java
    /// @param leftOut what the gate says without this step; null if it does not get that far
    record Step(
            String title, Map<String, String> files, List<String> java, @Nullable String leftOut) {}

    /// The numbered steps below a heading.
    static List<Step> steps(String heading) {
        var steps = new ArrayList<Step>();
        for (String part : section(heading).split("(?m)^### \\d+\\. ", -1)) {
            if (!part.startsWith("\n")) {
                steps.add(step(part));
            }
        }
        return steps;
    }

    /// The text below a heading, up to the next one of its rank.
    static String section(String heading) {
        var document =
                String.join(
                        "\n", Contracts.lines(MarkdownTable.DOCS.resolve("evolving-events.md")));
        int start = document.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new IllegalStateException("the guide has no section " + heading);
        }
        int text = start + heading.length() + 4;
        int end = document.indexOf("\n## ", text);
        return document.substring(text, end < 0 ? document.length() : end);
    }

    private static Step step(String text) {
        var files = new LinkedHashMap<String, String>();
        FILE.matcher(text)
                .results()
                .forEach(file -> files.put(file.group(1), fenced(file.group())));
        var java =
                FENCE.matcher(text)
                        .results()
                        .filter(fence -> fence.group(1).equals("java"))
                        .map(fence -> fence.group(2))
                        .toList();
        var leftOut = LEFT_OUT.matcher(text);
        return new Step(
                text.lines().findFirst().orElseThrow(),
                files,
                java,
                leftOut.find() ? leftOut.group(1) : null);
    }

    private static String fenced(String text) {
        var fence = FENCE.matcher(text);
        if (!fence.find()) {
            throw new IllegalStateException("no fence in " + text);
        }
        return fence.group(2);
    }
}
