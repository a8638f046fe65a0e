package io.eventshop.orders.order;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

/// Looking at orders.
@Service
public class OrderQueries {

    private final Orders orders;
    private final OrderWatch watch;
    private final JdbcClient jdbc;

    OrderQueries(Orders orders, OrderWatch watch, JdbcClient jdbc) {
        this.orders = orders;
        this.watch = watch;
        this.jdbc = jdbc;
    }

    /// @throws OrderNotFound if there is none
    public OrderView get(UUID orderId) {
        return orders.findWithLines(orderId)
                .map(Order::view)
                .orElseThrow(() -> new OrderNotFound(orderId));
    }

    /// What happened to the order, oldest first. Each order begins with an event, and has at most
    /// three.
    ///
    /// @throws OrderNotFound if there is none
    public List<HistoryEntry> history(UUID orderId) {
        var entries =
                jdbc.sql(
                                """
                                select version, status, reason, time, event_id, causation_id
                                from order_history
                                where order_id = :order
                                order by version
                                """)
                        .param("order", orderId)
                        .query(new SimplePropertyRowMapper<>(HistoryEntry.class))
                        .list();
        if (entries.isEmpty()) {
            throw new OrderNotFound(orderId);
        }
        return entries;
    }

    /// Which orders a list shows; null means all.
    public record Filter(@Nullable String customerId, @Nullable OrderStatus status) {}

    /// A place in the list. Orders of the same moment are told apart by their id.
    public record Position(Instant placedAt, UUID id) {}

    /// The newest orders, newest first: one query for the page, which an index answers in order,
    /// and one for the orders in it with their lines.
    ///
    /// @param after where the last page ended; null for the first one
    public List<OrderView> newest(Filter filter, @Nullable Position after, int limit) {
        var page = idsOfPage(filter, after, limit);
        return page.isEmpty()
                ? List.of()
                : orders.findAllWithLines(page).stream()
                        .map(Order::view)
                        .sorted(Comparator.comparingInt(order -> page.indexOf(order.id())))
                        .toList();
    }

    private List<UUID> idsOfPage(Filter filter, @Nullable Position after, int limit) {
        // Only the conditions that hold, or the server may prefer a plan without the order's index.
        var conditions =
                (filter.customerId() == null ? "" : "\n  and customer_id = :customerId")
                        + (filter.status() == null ? "" : "\n  and status = :status")
                        + (after == null ? "" : "\n  and (placed_at, id) < (:placedAt, :id)");
        return jdbc.sql(
                        """
                        select id
                        from orders
                        where true%s
                        order by placed_at desc, id desc
                        limit :limit
                        """
                                .formatted(conditions))
                .param("customerId", filter.customerId())
                .param("status", Objects.toString(filter.status(), null))
                .param("placedAt", after == null ? null : after.placedAt().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? null : after.id())
                .param("limit", limit)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /// Waits until the order is settled, at most for the time given, and returns what is known
    /// then: register, read, wait, read again. Whoever waits holds nothing but its thread.
    ///
    /// The order has been taken, so a look that fails is not the end of the request: it would tell
    /// a customer of a failure where there is none.
    public OrderView awaitSettled(OrderView known, Duration atMost) throws InterruptedException {
        try (var waiter = watch.register(known.id())) {
            var order = lookAgain(known);
            if (order.settled()) {
                return order;
            }
            waiter.await(atMost);
            return lookAgain(order);
        }
    }

    private OrderView lookAgain(OrderView known) {
        try {
            return known.settled() ? known : get(known.id());
        } catch (DataAccessException | TransactionException _) {
            return known;
        }
    }
}
