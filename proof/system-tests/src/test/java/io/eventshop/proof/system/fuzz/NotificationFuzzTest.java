package io.eventshop.proof.system.fuzz;

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
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Proof(quarters = 3)
class NotificationFuzzTest {

    private static final int REQUESTS = 2_000;
    private static final int RECORDS = 10_000;
    private static final int ORDERS = 4_000;

    private static LoneService service;

    @BeforeAll
    static void open() {
        service = LoneService.of(Services.NOTIFICATION);
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        var known = Map.of("orderId", service.orders().map(UUID::toString).toList());

        new ApiFuzz(service.api(), known).run(REQUESTS);
    }

    @Test
    void no_event_crashes_or_blocks_the_mails() throws Exception {
        var last = new ArrayList<Event>();
        for (int i = 0; i < Topic.PARTITIONS; i++) {
            last.add(new StockLow(new Sku("LAST-" + i), 3, 5));
            last.add(placed(UUID.randomUUID()));
        }

        new EventFuzz(service, "mails").run(RECORDS, NotificationFuzzTest::event, last);

        assertThat(service.rows("select sku from notification where sku like 'LAST-%'"))
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
