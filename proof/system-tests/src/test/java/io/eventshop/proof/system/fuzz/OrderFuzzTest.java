package io.eventshop.proof.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.Proof;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Proof(quarters = 1)
class OrderFuzzTest {

    private static final int REQUESTS = 5_000;
    private static final int RECORDS = 10_000;
    private static final int ORDERS = 1_000;
    private static final Sku SKU = new Sku("KEYBOARD-1");

    private static LoneService service;

    @BeforeAll
    static void open() {
        service = LoneService.of(Services.ORDER);
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        var orders = Stream.concat(service.orders(), Stream.of(pending()));
        var known =
                Map.of(
                        "id", orders.map(UUID::toString).toList(),
                        "sku", List.of("KEYBOARD-1", "MOUSE-1"),
                        "customerId", List.of("customer-1", "customer-2"),
                        "Prefer", List.of("wait=0", "respond-async"),
                        "If-Match", List.of("*", "\"1\"", "\"2\", \"3\""),
                        "If-None-Match", List.of("*", "\"1\"", "W/\"2\""));

        new ApiFuzz(service.api(), known, "all lines of one SKU together").run(REQUESTS);
    }

    @Test
    void no_answer_of_the_stock_crashes_or_blocks_the_saga() throws Exception {
        var orders = Stream.generate(OrderFuzzTest::pending).limit(ORDERS).toList();
        var last = Stream.generate(OrderFuzzTest::pending).limit(Topic.PARTITIONS).toList();

        new EventFuzz(service, "order-saga")
                .run(
                        RECORDS,
                        dice -> answer(dice, orders),
                        last.stream().map(OrderFuzzTest::reserved).toList());

        assertThat(last).extracting(service.client()::awaitFinal).containsOnly("CONFIRMED");
    }

    @Test
    void no_listing_crashes_or_blocks_the_copies_of_items() throws Exception {
        var last = IntStream.range(0, Topic.PARTITIONS).mapToObj(i -> "LAST-" + i).toList();

        new EventFuzz(service, "item-copies")
                .run(
                        RECORDS,
                        dice -> listed("FUZZ-" + dice.below(4_000)),
                        last.stream().map(OrderFuzzTest::listed).toList());

        assertThat(last).map(OrderFuzzTest::placed).doesNotHaveDuplicates();
    }

    /// Nobody answers it: inventory-service is stopped.
    private static UUID pending() {
        return placed(SKU.value());
    }

    /// @throws IllegalStateException if the order is refused
    private static UUID placed(String sku) {
        return service.client().placeOrder(sku, 1);
    }

    private static Event answer(Dice dice, List<UUID> orders) {
        var order = dice.chance(0.9) ? dice.oneOf(orders) : UUID.randomUUID();
        return switch (dice.below(4)) {
            case 0 -> new StockRejected(order, List.of(new StockRejected.Shortage(SKU, 1, 0)));
            case 1 -> new StockReleased(order, List.of(new StockReleased.Line(SKU, 1)));
            default -> reserved(order);
        };
    }

    private static StockReserved reserved(UUID order) {
        return new StockReserved(order, List.of(new StockReserved.Line(SKU, 1)));
    }

    private static ItemListed listed(String sku) {
        return new ItemListed(new Sku(sku), "Item " + sku, new Money(100, "EUR"));
    }
}
