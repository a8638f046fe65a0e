package io.eventshop.proof.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.proof.check.StockSampler;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.Proof;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Proof(quarters = 2)
class InventoryFuzzTest {

    private static final int REQUESTS = 5_000;
    private static final int RECORDS = 10_000;
    private static final int ORDERS = 4_000;

    private static LoneService service;
    private static StockSampler stock;

    @BeforeAll
    static void open() {
        service = LoneService.of(Services.INVENTORY);
        stock = StockSampler.start(service.database(), Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        stock.close();
        service.close();
    }

    /// All the time, and at least once after the last event.
    @AfterEach
    void stock_stays_exact() {
        long underWay = stock.samples() + 1;
        Eventually.await("the stock is looked at").until(() -> stock.samples() > underWay);
        assertThat(stock.violations()).isEmpty();
    }

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        var known =
                Map.of(
                        "sku", List.of("MOUSE-1", "SOLD-OUT-1", "FUZZ-1"),
                        "orderId", service.orders().map(UUID::toString).toList(),
                        "currency", List.of("EUR"),
                        "If-Match", List.of("*", "\"1\"", "\"2\", \"3\""),
                        "If-None-Match", List.of("*", "\"1\"", "W/\"2\""),
                        "Idempotency-Key", List.of("one", "two", "three"));

        new ApiFuzz(service.api(), known).run(REQUESTS);
    }

    @Test
    void no_event_of_an_order_crashes_or_blocks_the_stock() throws Exception {
        var last = Stream.generate(UUID::randomUUID).limit(Topic.PARTITIONS).toList();

        new EventFuzz(service, "reservations")
                .run(
                        RECORDS,
                        InventoryFuzzTest::event,
                        last.stream().map(order -> placed(order, line("HEADSET-1", 1))).toList());

        assertThat(last).extracting(InventoryFuzzTest::status).containsOnly("RESERVED");
    }

    private static Event event(Dice dice) {
        var order = new UUID(1, dice.below(ORDERS));
        return dice.chance(0.3)
                ? new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST)
                : placed(
                        order,
                        line(dice.oneOf("KEYBOARD-1", "MONITOR-1"), 1 + dice.below(3)),
                        line(dice.oneOf("CABLE-1", "WEBCAM-1"), 1 + dice.below(3)));
    }

    private static OrderPlaced placed(UUID order, OrderPlaced.Line... lines) {
        return new OrderPlaced(
                order,
                "customer-1",
                new EmailAddress("fuzz@example.test"),
                List.of(lines),
                new Money(1, "EUR"));
    }

    private static OrderPlaced.Line line(String sku, int quantity) {
        return new OrderPlaced.Line(new Sku(sku), quantity, new Money(1, "EUR"));
    }

    private static String status(UUID order) {
        return service.client()
                .get(Services.INVENTORY, "/api/v1/reservations/" + order)
                .get("status")
                .asString();
    }
}
