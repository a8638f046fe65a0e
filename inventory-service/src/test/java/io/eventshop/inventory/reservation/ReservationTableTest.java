package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Runs the table "Reservation" of `docs/workflow.md`, cell by cell.
@InventoryTest
class ReservationTableTest {

    private static final Path DOCUMENT = Path.of("../docs/workflow.md");
    private static final String UNCHANGED = "unchanged";
    private static final int STOCK = 10;
    private static final int ENOUGH = 1;
    private static final int SHORT = 100;

    @Autowired private Inventory inventory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void what_the_table_says_is_what_happens(Cell cell) {
        var item = inventory.itemWith(STOCK);
        var order = newOrder();
        bringInto(cell.state(), order, item);
        var eventsBefore = inventory.eventsAbout(order);

        inventory.hears(input(cell.input(), order, item));

        assertThat(state(order)).isEqualTo(cell.stateAfter());
        assertThat(names(inventory.eventsAbout(order)))
                .isEqualTo(
                        Stream.concat(names(eventsBefore).stream(), cell.event().stream())
                                .toList());
        assertThat(inventory.item(item).reserved())
                .isEqualTo(cell.stateAfter().equals("RESERVED") ? ENOUGH : 0);
    }

    @Test
    void the_table_has_every_state_and_every_input() {
        var states =
                Stream.concat(
                        Stream.of("none"),
                        Arrays.stream(ReservationStatus.values()).map(Enum::name));

        assertThat(cells().map(Cell::state).distinct())
                .containsExactlyInAnyOrderElementsOf(states.toList());
        assertThat(cells().map(Cell::input).distinct())
                .containsExactlyInAnyOrder(
                        "OrderPlaced, enough", "OrderPlaced, short", "OrderCancelled");
        assertThat(cells()).hasSize(12);
    }

    private void bringInto(String state, UUID order, Sku item) {
        switch (state) {
            case "none" -> {}
            case "RESERVED" -> inventory.hears(placed(order, line(item, ENOUGH)));
            case "REJECTED" -> inventory.hears(placed(order, line(item, SHORT)));
            case "RELEASED" -> inventory.hears(placed(order, line(item, ENOUGH)), cancelled(order));
            default -> throw new AssertionError("the table has an unknown state: " + state);
        }
        assertThat(state(order)).isEqualTo(state);
    }

    private static Event input(String input, UUID order, Sku item) {
        return switch (input) {
            case "OrderPlaced, enough" -> placed(order, line(item, ENOUGH));
            case "OrderPlaced, short" -> placed(order, line(item, SHORT));
            case "OrderCancelled" -> cancelled(order);
            default -> throw new AssertionError("the table has an unknown input: " + input);
        };
    }

    private String state(UUID order) {
        return inventory.reservation(order).map(it -> it.status().name()).orElse("none");
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    static Stream<Cell> cells() {
        var rows = table();
        var inputs = rows.getFirst();
        return rows.stream()
                .skip(2) // the header and the line below it
                .flatMap(row ->
                        IntStream.range(1, inputs.size())
                                .mapToObj(
                                        i -> new Cell(row.getFirst(), inputs.get(i), row.get(i))));
    }

    private static List<List<String>> table() {
        try (var lines = Files.lines(DOCUMENT)) {
            return lines.dropWhile(line -> !line.equals("## Reservation"))
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
                    .map(row -> Arrays.stream(row).map(String::strip).toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param text `unchanged`, `STATE` or `STATE: Event`
    record Cell(String state, String input, String text) {

        String stateAfter() {
            return text.equals(UNCHANGED) ? state : text.split(": ", -1)[0];
        }

        List<String> event() {
            return Arrays.stream(text.split(": ", -1)).skip(1).toList();
        }

        @Override
        public String toString() {
            return state + " × " + input + " → " + text;
        }
    }
}
