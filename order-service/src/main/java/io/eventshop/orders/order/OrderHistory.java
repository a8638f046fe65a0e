package io.eventshop.orders.order;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.database.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes down what happens to orders, in the transaction in which it happens. The topic would say
/// the same, but forgets after a week. [OrderQueries] reads it.
///
/// What is written is what the event says: the order itself may have moved on within the same
/// transaction.
@Component
class OrderHistory implements AppendListener {

    private final JdbcClient jdbc;

    OrderHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void appended(List<Appended> all) {
        var events = all.stream().filter(it -> it.event() instanceof OrderEvent).toList();
        jdbc.sql(
                        """
                        insert into order_history
                            (order_id, version, status, reason, time, event_id, causation_id)
                        select *
                        from unnest(
                            cast(:orders as uuid[]), cast(:versions as bigint[]),
                            cast(:statuses as text[]), cast(:reasons as text[]),
                            cast(:times as timestamptz[]), cast(:events as uuid[]),
                            cast(:causations as text[]))
                        """)
                .param("orders", Column.of(events, it -> it.metadata().subject()))
                .param("versions", Column.of(events, it -> it.metadata().aggregateVersion()))
                .param("statuses", Column.of(events, OrderHistory::status))
                .param("reasons", Column.of(events, OrderHistory::reason))
                .param("times", Column.of(events, it -> it.metadata().time()))
                .param("events", Column.of(events, it -> it.metadata().id()))
                .param("causations", Column.of(events, it -> it.metadata().causationId()))
                .update();
    }

    private static OrderStatus status(Appended appended) {
        return switch ((OrderEvent) appended.event()) {
            case OrderPlaced _ -> OrderStatus.PENDING;
            case OrderConfirmed _ -> OrderStatus.CONFIRMED;
            case OrderRejected _ -> OrderStatus.REJECTED;
            case OrderCancelled _ -> OrderStatus.CANCELLED;
        };
    }

    private static @Nullable String reason(Appended appended) {
        return switch ((OrderEvent) appended.event()) {
            case OrderPlaced _, OrderConfirmed _ -> null;
            case OrderRejected rejected -> rejected.reason().name();
            case OrderCancelled cancelled -> cancelled.reason().name();
        };
    }
}
