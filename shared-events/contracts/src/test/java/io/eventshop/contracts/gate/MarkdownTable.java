package io.eventshop.contracts.gate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The rows of the first table below a heading, without its head.
final class MarkdownTable {

    static final Path DOCS = Path.of("..", "..", "docs");

    private MarkdownTable() {}

    static List<List<String>> below(String heading, Path document) {
        return Contracts.lines(document).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }
}
