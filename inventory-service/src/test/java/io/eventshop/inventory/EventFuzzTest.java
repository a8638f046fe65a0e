package io.eventshop.inventory;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.reservation.ReservationStatus;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.testkit.Dice;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.fuzz.EventFuzz;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@Proof(quarters = 2)
@InventoryTest
class EventFuzzTest {

    private static final int RECORDS = 10_000;
    private static final int ORDERS = 4_000;

    @Autowired private Inventory inventory;
    @Autowired private JdbcClient jdbc;
    @Autowired private MeterRegistry meters;

    private final KafkaProbe kafka = KafkaProbe.ofTestServers();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void no_event_of_an_order_crashes_or_blocks_the_stock() {
        kafka.ensureTopic(Topics.ORDERS.name(), Topic.PARTITIONS);
        var items = Stream.generate(() -> inventory.itemWith(5_000)).limit(8).toList();
        var last = Stream.generate(Inventory::newOrder).limit(Topic.PARTITIONS).toList();

        fuzz().run(
                        RECORDS,
                        dice -> event(dice, items),
                        last.stream()
                                .map(order -> placed(order, line(inventory.itemWith(1), 1)))
                                .toList());

        assertThat(last)
                .allSatisfy(order ->
                        assertThat(inventory.status(order)).isEqualTo(ReservationStatus.RESERVED));
        inventory.staysExact();
    }

    private static Event event(Dice dice, List<Sku> items) {
        var order = new UUID(1, dice.below(ORDERS));
        return dice.chance(0.3)
                ? cancelled(order)
                : placed(
                        order,
                        line(dice.oneOf(items.subList(0, 4)), 1 + dice.below(3)),
                        line(dice.oneOf(items.subList(4, 8)), 1 + dice.below(3)));
    }

    private EventFuzz fuzz() {
        return new EventFuzz(
                kafka,
                jdbc,
                new EventCodec(ShopEvents.CATALOG)::encode,
                "reservations",
                name ->
                        (long)
                                meters.counter(
                                                "eventshop.inbox." + name,
                                                "consumer",
                                                "reservations")
                                        .count());
    }
}
