package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.orders.Answer;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Runs the table "Order" of `docs/workflow.md`: each cell is a fresh order in the row's state that
/// gets the column's input.
@OrderServiceTest
class WorkflowTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired StockDeadline deadline;
    @Autowired MeterRegistry meters;
    @Autowired JdbcClient jdbc;

    @Test
    void the_table_is_complete() throws IOException {
        var cells = WorkflowTable.below("Order");

        assertThat(cells).hasSize(5 * 6).allMatch(cell -> !cell.expected().isEmpty());
        assertThat(cells.stream().map(WorkflowTable.Cell::state).distinct())
                .containsExactly("none", "PENDING", "CONFIRMED", "REJECTED", "CANCELLED");
    }

    @TestFactory
    Stream<DynamicTest> every_cell_is_true() throws IOException {
        return WorkflowTable.below("Order").stream()
                .map(cell ->
                        dynamicTest(
                                cell.state() + " × " + cell.input() + " → " + cell.expected(),
                                () -> run(cell)));
    }

    private void run(WorkflowTable.Cell cell) {
        var order = given(cell.state());
        var before = state(order.id());

        var result = apply(cell.input(), order);

        var after = state(result.orderId());
        switch (cell.expected()) {
            case "unchanged" -> {
                assertThat(result).isEqualTo(new Result("accepted", order.id()));
                assertThat(after).isEqualTo(before);
            }
            case "crossing", "refused 409", "unknown 404", "impossible" -> {
                assertThat(result).isEqualTo(new Result(cell.expected(), order.id()));
                assertThat(after).isEqualTo(before);
            }
            default -> {
                var colon = cell.expected().indexOf(": ");
                assertThat(result.outcome()).isEqualTo("accepted");
                assertThat(after.status()).isEqualTo(cell.expected().substring(0, colon));
                assertThat(after.version()).isEqualTo(before.version() + 1);
                eventually(() ->
                        assertThat(inventory.hears(result.orderId()))
                                .hasSize((int) after.version())
                                .last()
                                .isEqualTo(cell.expected().substring(colon + 2)));
            }
        }
    }

    /// An order, also one that does not exist yet, with the request that places it.
    private record Subject(UUID id, String key, String body) {}

    private record State(String status, long version) {}

    private Subject given(String state) {
        var key = UUID.randomUUID().toString();
        var body = Shop.order(Shop.customer(), "KEYBOARD-1");
        if (state.equals("none")) {
            return new Subject(UUID.randomUUID(), key, body);
        }

        var subject = new Subject(shop.places(body, "Idempotency-Key", key).id(), key, body);
        switch (state) {
            case "PENDING" -> {}
            case "CONFIRMED" -> inbox.delivers(reserved(subject.id()));
            case "REJECTED" -> inbox.delivers(rejected(subject.id()));
            case "CANCELLED" -> assertThat(shop.cancels(subject.id()).status()).isEqualTo(200);
            default -> throw new IllegalArgumentException("no such state: " + state);
        }
        assertThat(state(subject.id()).status()).isEqualTo(state);
        return subject;
    }

    private State state(UUID orderId) {
        return jdbc.sql(
                        """
                        select status, version
                        from order_history
                        where order_id = :id
                        order by version desc
                        limit 1
                        """)
                .param("id", orderId)
                .query((row, _) -> new State(row.getString("status"), row.getLong("version")))
                .optional()
                .orElse(new State("none", 0));
    }

    /// @param outcome in the words of the table, or `accepted`
    /// @param orderId the order that the input was about; a new one where none was there
    private record Result(String outcome, UUID orderId) {}

    private Result apply(String input, Subject order) {
        return switch (input) {
            case "place" -> place(order);
            case "StockReserved" -> new Result(outcome(reserved(order.id())), order.id());
            case "StockRejected" -> new Result(outcome(rejected(order.id())), order.id());
            case "StockReleased" -> new Result(outcome(released(order.id())), order.id());
            case "cancel" -> new Result(outcome(shop.cancels(order.id())), order.id());
            case "deadline" -> passDeadline(order);
            default -> throw new IllegalArgumentException("no such input: " + input);
        };
    }

    private Result place(Subject order) {
        var answer = shop.places(order.body(), "Idempotency-Key", order.key());
        assertThat(answer.status()).isEqualTo(202);
        return new Result("accepted", answer.id());
    }

    private Result passDeadline(Subject order) {
        jdbc.sql("update orders set awaiting_since = now() - interval '1 hour' where id = :id")
                .param("id", order.id())
                .update();
        deadline.work(() -> false);
        return new Result("accepted", order.id());
    }

    private static String outcome(Answer answer) {
        return switch (answer.status()) {
            case 200 -> "accepted";
            case 404 -> "unknown 404";
            case 409 -> "refused 409";
            default -> "an answer " + answer.status();
        };
    }

    private String outcome(ReservationEvent event) {
        var before = crossings(event);
        try {
            inbox.delivers(event);
        } catch (ImpossibleMove _) {
            return "impossible";
        }
        return crossings(event) > before ? "crossing" : "accepted";
    }

    private double crossings(ReservationEvent event) {
        return meters.get("eventshop.orders.crossings")
                .tag("event", event.getClass().getSimpleName())
                .counter()
                .count();
    }
}
