package io.eventshop.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Dice;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.fuzz.EventFuzz;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@Proof(quarters = 1)
@OrderServiceTest
class EventFuzzTest {

    private static final int RECORDS = 10_000;
    private static final int PARTITIONS = 6;
    private static final int ORDERS = 1_000;

    @Autowired Shop shop;
    @Autowired JdbcClient jdbc;
    @Autowired MeterRegistry meters;

    private final KafkaProbe kafka = KafkaProbe.ofTestServers();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void no_answer_of_the_stock_crashes_or_blocks_the_saga() {
        var orders = Stream.generate(shop::hasPlaced).limit(ORDERS).toList();
        var last = Stream.generate(shop::hasPlaced).limit(PARTITIONS).toList();

        fuzz("order-saga")
                .run(
                        RECORDS,
                        dice -> answer(dice, orders),
                        last.stream().map(Inventory::reserved).toList());

        assertThat(last).allSatisfy(order -> shop.soonSees(order, "CONFIRMED"));
    }

    @Test
    void no_listing_crashes_or_blocks_the_copies_of_items() {
        var last = IntStream.range(0, PARTITIONS).mapToObj(i -> "LAST-" + i).toList();

        fuzz("item-copies")
                .run(
                        RECORDS,
                        dice -> listed("FUZZ-" + dice.below(4_000)),
                        last.stream().map(EventFuzzTest::listed).toList());

        assertThat(last)
                .allSatisfy(sku ->
                        assertThat(shop.places(Shop.order(Shop.customer(), sku)).status())
                                .isEqualTo(202));
    }

    private static Event answer(Dice dice, List<UUID> orders) {
        var order = dice.chance(0.9) ? dice.oneOf(orders) : UUID.randomUUID();
        return switch (dice.below(4)) {
            case 0 -> Inventory.rejected(order);
            case 1 -> Inventory.released(order);
            default -> Inventory.reserved(order);
        };
    }

    private static ItemListed listed(String sku) {
        return new ItemListed(new Sku(sku), "Item " + sku, new Money(100, "EUR"));
    }

    private EventFuzz fuzz(String consumer) {
        return new EventFuzz(
                kafka,
                jdbc,
                new EventCodec(ShopEvents.CATALOG)::encode,
                consumer,
                name ->
                        (long)
                                meters.counter("eventshop.inbox." + name, "consumer", consumer)
                                        .count());
    }
}
