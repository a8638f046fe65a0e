package io.eventshop.orders.order;

import io.eventshop.messaging.EventMetadata;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What happened to each order, written in the transaction in which it happened. The topic would
/// say the same, but forgets after a week.
@Repository
class OrderHistory {

    private final JdbcClient jdbc;

    OrderHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Order order, EventMetadata event) {
        var reason = order.reason();
        jdbc.sql(
                        """
                        insert into order_history
                            (order_id, version, status, reason, time, event_id, causation_id)
                        values (:order, :version, :status, :reason, :time, :event, :causation)
                        """)
                .param("order", order.id())
                .param("version", event.aggregateVersion())
                .param("status", order.status().name())
                .param("reason", reason == null ? null : reason.name())
                .param("time", event.time().atOffset(ZoneOffset.UTC))
                .param("event", event.id())
                .param("causation", event.causationId())
                .update();
    }

    /// Oldest first; empty where there is no such order, because each begins with an event. An
    /// order has at most three.
    List<HistoryEntry> of(UUID orderId) {
        return jdbc.sql(
                        """
                        select version, status, reason, time, event_id, causation_id
                        from order_history
                        where order_id = :order
                        order by version
                        """)
                .param("order", orderId)
                .query(new SimplePropertyRowMapper<>(HistoryEntry.class))
                .list();
    }
}
