package io.eventshop.notifications.notification;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.Subscription;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.TestOrders;
import io.eventshop.testkit.Silence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// What every handler promises, see [io.eventshop.messaging.EventHandler].
@NotificationServiceTest
class ReactionsTest {

    @Autowired private Subscription<Mailing> subscription;
    @Autowired private Silence silence;
    @Autowired private TransactionTemplate transaction;

    @Test
    void a_reaction_says_nothing_to_the_database() {
        var order = UUID.randomUUID();
        var batch =
                List.<Event>of(
                        TestOrders.placed(order, "ada@example.test"),
                        new OrderConfirmed(order),
                        new OrderRejected(order, OrderRejected.Reason.OUT_OF_STOCK),
                        new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST),
                        new StockLow(new Sku("TEAPOT-1"), 1, 2));

        transaction.executeWithoutResult(_ -> {
            var mailing = subscription.preparation().apply(batch);
            silence.assertKeptBy(() ->
                    batch.forEach(event -> {
                        var _ = subscription.handle(event, TestOrders.event(), mailing);
                    }));
        });
    }
}
