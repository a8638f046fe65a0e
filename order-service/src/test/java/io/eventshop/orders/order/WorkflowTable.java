package io.eventshop.orders.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a table of `docs/workflow.md`: the first one below a heading.
final class WorkflowTable {

    private static final Path FILE = Path.of("..", "docs", "workflow.md");

    private WorkflowTable() {}

    /// @param expected what the cell says
    record Cell(String state, String input, String expected) {}

    static List<Cell> below(String heading) throws IOException {
        var rows =
                Files.readAllLines(FILE).stream()
                        .dropWhile(line -> !line.equals("## " + heading))
                        .dropWhile(line -> !line.startsWith("|"))
                        .takeWhile(line -> line.startsWith("|"))
                        .map(WorkflowTable::columns)
                        .toList();
        var inputs = rows.getFirst();

        var cells = new ArrayList<Cell>();
        for (var row : rows.subList(2, rows.size())) {
            for (int i = 1; i < inputs.size(); i++) {
                cells.add(new Cell(row.getFirst(), inputs.get(i), row.get(i)));
            }
        }
        return cells;
    }

    private static List<String> columns(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }
}
