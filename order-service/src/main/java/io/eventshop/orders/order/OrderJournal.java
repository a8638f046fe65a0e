package io.eventshop.orders.order;

import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.messaging.Outbox;
import java.time.ZoneOffset;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The last two steps of everything that happens to an order: save, append. The row goes first,
/// because its lock is what puts the events of one order in order.
///
/// What happened is also written into the order's history, in the same transaction. The topic would
/// say the same, but forgets after a week.
@Component
class OrderJournal {

    private static final Logger log = LoggerFactory.getLogger(OrderJournal.class);

    private final Orders orders;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final OrderWatch watch;

    OrderJournal(Orders orders, Outbox outbox, JdbcClient jdbc, OrderWatch watch) {
        this.orders = orders;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.watch = watch;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Order order, OrderEvent event) {
        orders.saveAndFlush(order);
        var metadata = outbox.append(event);
        jdbc.sql(
                        """
                        insert into order_history
                            (order_id, version, status, reason, time, event_id, causation_id)
                        values (:order, :version, :status, :reason, :time, :event, :causation)
                        """)
                .param("order", order.id())
                .param("version", metadata.aggregateVersion())
                .param("status", order.status().name())
                .param("reason", Objects.toString(order.reason(), null))
                .param("time", metadata.time().atOffset(ZoneOffset.UTC))
                .param("event", metadata.id())
                .param("causation", metadata.causationId())
                .update();
        watch.announceAfterCommit(order.id());
        log.info(
                "order {} is {}, says event {} {}",
                order.id(),
                order.status(),
                event.getClass().getSimpleName(),
                metadata.id());
    }
}
