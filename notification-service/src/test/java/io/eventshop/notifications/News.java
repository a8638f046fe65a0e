package io.eventshop.notifications;

import io.eventshop.contracts.Event;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.notifications.notification.Mailing;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/// What the service hears, without a broker and without the inbox's memory.
@TestComponent
public class News {

    private final Subscription<Mailing> subscription;
    private final TransactionTemplate transaction;

    News(Subscription<Mailing> subscription, TransactionTemplate transaction) {
        this.subscription = subscription;
        this.transaction = transaction;
    }

    /// These events arrive in one batch, which commits.
    public void arrive(Event... events) {
        arrive(TestOrders.event(), events);
    }

    public void arrive(EventMetadata metadata, Event... events) {
        transaction.executeWithoutResult(_ -> {
            var mailing = subscription.preparation().apply(List.of(events));
            for (var event : events) {
                var _ = subscription.handle(event, metadata, mailing);
            }
            subscription.writing().accept(mailing);
        });
    }
}
