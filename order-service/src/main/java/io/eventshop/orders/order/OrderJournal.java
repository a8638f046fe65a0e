package io.eventshop.orders.order;

import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.messaging.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The last two steps of everything that happens to an order: save, append. The row goes first,
/// because its lock is what puts the events of one order in order.
@Component
class OrderJournal {

    private static final Logger log = LoggerFactory.getLogger(OrderJournal.class);

    private final Orders orders;
    private final Outbox outbox;
    private final OrderHistory history;
    private final OrderWatch watch;

    OrderJournal(Orders orders, Outbox outbox, OrderHistory history, OrderWatch watch) {
        this.orders = orders;
        this.outbox = outbox;
        this.history = history;
        this.watch = watch;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Order order, OrderEvent event) {
        orders.saveAndFlush(order);
        var metadata = outbox.append(event);
        history.add(order, metadata);
        watch.announceAfterCommit(order.id());
        log.info(
                "order {} is {}, says event {} {}",
                order.id(),
                order.status(),
                event.getClass().getSimpleName(),
                metadata.id());
    }
}
