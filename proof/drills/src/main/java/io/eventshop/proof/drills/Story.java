package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.Console;
import java.util.ArrayList;
import java.util.List;

/// What a drill tells: steps, evidence in tables, and promises with whether they were kept.
@SuppressWarnings("AnnotateFormatMethod") // whose annotation would be a library for two methods
final class Story {

    private static final String INDENT = "    ";
    private static final String GAP = "  ";

    private final Console console;
    private boolean kept = true;

    /// Tables stand between blank lines, one at a time.
    private boolean afterBlank = true;

    Story(Console console) {
        this.console = console;
    }

    /// Something that is done or happens now.
    void step(String sentence, Object... values) {
        console.say(sentence.formatted(values));
        afterBlank = false;
    }

    /// @param rows of as many cells as there are headings
    void table(String title, List<String> headings, List<List<String>> rows) {
        if (!afterBlank) {
            console.print("");
        }
        console.print(INDENT + title);
        var lines = new ArrayList<List<String>>();
        lines.add(headings);
        lines.addAll(rows);
        for (List<String> cells : lines) {
            var line = new StringBuilder(INDENT);
            for (int i = 0; i < cells.size(); i++) {
                line.append(GAP).append(padded(cells.get(i), width(lines, i)));
            }
            console.print(line.toString().stripTrailing());
        }
        console.print("");
        afterBlank = true;
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
    }

    /// Numbers stand under each other's last digit.
    private static String padded(String cell, int width) {
        String space = " ".repeat(width - cell.length());
        boolean number = !cell.isEmpty() && cell.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? space + cell : cell + space;
    }

    /// @param sentence that is true if the promise was kept
    void promise(boolean kept, String sentence, Object... values) {
        console.print("%s %s".formatted(kept ? "kept  " : "BROKEN", sentence.formatted(values)));
        this.kept &= kept;
        afterBlank = false;
    }

    boolean allKept() {
        return kept;
    }
}
