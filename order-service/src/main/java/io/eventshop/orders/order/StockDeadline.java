package io.eventshop.orders.order;

import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.background.PeriodicWork;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends the wait of orders whose stock never answers: no order stays PENDING for ever.
///
/// Time is judged by the database, so it is one clock for all instances, and one that wrote the
/// beginning of the wait as well. Any number of instances may look at once: each order is locked
/// and looked at again in its own transaction, and whoever finds it locked leaves it alone. An
/// instance that dies in the middle leaves the rest to the next look.
///
/// An instance that starts looks later: the answers of the time it was down wait in the broker, and
/// come first.
@Component
class StockDeadline extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(StockDeadline.class);

    /// What one query of a look brings, each to be cancelled in its own transaction: what a look
    /// holds in memory.
    static final int BATCH_MAX = 100;

    private final Orders orders;
    private final Outbox outbox;
    private final OrderProperties properties;
    private final TransactionTemplate transaction;

    StockDeadline(
            Orders orders,
            Outbox outbox,
            OrderProperties properties,
            PlatformTransactionManager transactions) {
        super(
                "stock-deadline",
                properties.stockAnswerCheckDelay(),
                properties.stockAnswerCheckInterval());
        this.orders = orders;
        this.outbox = outbox;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// One look at every unanswered order, batch by batch. Those that stay unanswered, because
    /// someone else has them or they cannot be cancelled, come first in every query: the next one
    /// begins behind them, or a batch of them would keep all others waiting for ever.
    @Override
    protected void work(BooleanSupplier stopping) {
        int left = 0;
        List<UUID> batch;
        do {
            batch = orders.findUnanswered(timeoutSeconds(), left, BATCH_MAX);
            left += (int) batch.stream().filter(order -> !isGivenUp(order)).count();
        } while (batch.size() == BATCH_MAX && !stopping.getAsBoolean());
    }

    private boolean isGivenUp(UUID orderId) {
        try (var _ = MDC.putCloseable("orderId", orderId.toString())) {
            return transaction.execute(_ -> giveUp(orderId));
        } catch (RuntimeException failure) {
            log.error("order {} has no answer from the stock and stays pending", orderId, failure);
            return false;
        }
    }

    private boolean giveUp(UUID orderId) {
        var unanswered = orders.lockUnanswered(orderId, timeoutSeconds());
        unanswered.ifPresent(order -> outbox.append(order.giveUp().events()));
        return unanswered.isPresent();
    }

    private double timeoutSeconds() {
        return properties.stockAnswerTimeout().toMillis() / 1000.0;
    }
}
