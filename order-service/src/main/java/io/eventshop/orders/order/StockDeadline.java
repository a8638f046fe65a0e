package io.eventshop.orders.order;

import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends the wait of orders whose stock never answers: no order stays PENDING for ever.
///
/// Time is judged by the database, so it is one clock for all instances, and one that wrote the
/// beginning of the wait as well. Any number of instances may look at once: each order is locked
/// and looked at again in its own transaction, and whoever finds it locked leaves it alone. An
/// instance that dies in the middle leaves the rest to the next look.
@Component
class StockDeadline implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(StockDeadline.class);

    private final Orders orders;
    private final OrderJournal journal;
    private final OrderProperties properties;
    private final TransactionTemplate transaction;

    StockDeadline(
            Orders orders,
            OrderJournal journal,
            OrderProperties properties,
            PlatformTransactionManager transactions) {
        this.orders = orders;
        this.journal = journal;
        this.properties = properties;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::giveUpUnanswered, properties.stockAnswerCheckInterval());
    }

    /// One look; what exceeds its bound is left to the next one.
    void giveUpUnanswered() {
        findUnanswered().forEach(this::giveUpLoudly);
    }

    private List<UUID> findUnanswered() {
        return orders.findUnanswered(timeoutSeconds(), properties.stockAnswerBatchMax());
    }

    /// An order that cannot be cancelled must not keep the others waiting: it is first in every
    /// look.
    private void giveUpLoudly(UUID orderId) {
        try (var _ = MDC.putCloseable("orderId", orderId.toString())) {
            transaction.executeWithoutResult(_ -> giveUp(orderId));
        } catch (RuntimeException failure) {
            log.error("order {} has no answer from the stock and stays pending", orderId, failure);
        }
    }

    private void giveUp(UUID orderId) {
        orders.lockUnanswered(orderId, timeoutSeconds())
                .ifPresent(order -> {
                    if (order.giveUp() instanceof Decision.Happened(var event)) {
                        journal.write(order, event);
                    }
                });
    }

    private double timeoutSeconds() {
        return properties.stockAnswerTimeout().toMillis() / 1000.0;
    }
}
