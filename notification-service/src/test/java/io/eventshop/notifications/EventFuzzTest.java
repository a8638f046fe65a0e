package io.eventshop.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.testkit.Dice;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.Scenario;
import io.eventshop.testkit.fuzz.EventFuzz;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@Proof(quarters = 3)
@NotificationServiceTest
class EventFuzzTest {

    private static final int RECORDS = 10_000;
    private static final int ORDERS = 4_000;

    @Autowired private KafkaProbe kafka;
    @Autowired private Scenario topics;
    @Autowired private JdbcClient jdbc;
    @Autowired private MeterRegistry meters;
    @Autowired private EventCodec codec;

    @Test
    void no_event_crashes_or_blocks_the_mails() {
        assertThat(topics).isNotNull();
        var last = new ArrayList<Event>();
        for (int i = 0; i < Topic.PARTITIONS; i++) {
            last.add(new StockLow(new Sku("LAST-" + i), 3, 5));
            last.add(placed(UUID.randomUUID()));
        }

        new EventFuzz(
                        kafka,
                        jdbc,
                        codec::encode,
                        "mails",
                        name ->
                                (long)
                                        meters.counter(
                                                        "eventshop.inbox." + name,
                                                        "consumer",
                                                        "mails")
                                                .count())
                .run(RECORDS, EventFuzzTest::event, last);

        assertThat(
                        jdbc.sql("select sku from notification where sku like 'LAST-%'")
                                .query(String.class)
                                .list())
                .hasSize(Topic.PARTITIONS);
    }

    private static Event event(Dice dice) {
        var order = new UUID(1, dice.below(ORDERS));
        return switch (dice.below(8)) {
            case 0 -> new OrderConfirmed(order);
            case 1 -> new OrderRejected(order, OrderRejected.Reason.OUT_OF_STOCK);
            case 2 -> new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST);
            case 3 -> new StockLow(new Sku("FUZZ-" + dice.below(500)), 3, 5);
            default -> placed(order);
        };
    }

    private static OrderPlaced placed(UUID order) {
        var price = new Money(100, "EUR");
        return new OrderPlaced(
                order,
                "customer-1",
                new EmailAddress("fuzz@example.test"),
                List.of(new OrderPlaced.Line(new Sku("KEYBOARD-1"), 1, price)),
                price);
    }
}
