package io.eventshop.orders.order;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.EventMetadata;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The workflow of an order, as far as the stock drives it.
///
/// ```
/// OrderPlaced ──▶ inventory ──▶ StockReserved ──▶ OrderConfirmed
///                          └──▶ StockRejected ──▶ OrderRejected
/// OrderCancelled ─▶ inventory ─▶ StockReleased
/// ```
///
/// A duplicate that got past the inbox, e.g. because its table was emptied, finds the order where
/// it would have brought it, and changes nothing. An answer that comes after a cancellation is
/// ignored: inventory hears of the cancellation too, and releases.
@Component
public class OrderSaga {

    private static final Logger log = LoggerFactory.getLogger(OrderSaga.class);

    private final Orders orders;
    private final MeterRegistry meters;

    OrderSaga(Orders orders, MeterRegistry meters) {
        this.orders = orders;
        this.meters = meters;
        // Of a counter that appears with its first event, no increase is seen.
        for (var event : List.of(StockReserved.class, StockRejected.class, StockReleased.class)) {
            Counter _ = crossings(event.getSimpleName());
        }
    }

    /// Locks the orders of the whole batch with one query.
    @Transactional(propagation = Propagation.MANDATORY)
    public LockedOrders prepare(List<Event> events) {
        var ids =
                events.stream()
                        .map(ReservationEvent.class::cast)
                        .map(ReservationEvent::orderId)
                        .distinct()
                        .toList();
        return new LockedOrders(orders.lockAll(ids));
    }

    public List<NumberedEvent> on(
            StockReserved event, EventMetadata metadata, LockedOrders orders) {
        return decide(event, metadata, orders, Order::confirm);
    }

    public List<NumberedEvent> on(
            StockRejected event, EventMetadata metadata, LockedOrders orders) {
        return decide(event, metadata, orders, Order::reject);
    }

    public List<NumberedEvent> on(
            StockReleased event, EventMetadata metadata, LockedOrders orders) {
        return decide(event, metadata, orders, Order::release);
    }

    private List<NumberedEvent> decide(
            ReservationEvent event,
            EventMetadata metadata,
            LockedOrders orders,
            Function<Order, Decision> input) {
        var order = orders.get(event.orderId());
        var decision = input.apply(order);
        switch (decision) {
            case Decision.Happened _, Decision.Unchanged _ -> {}
            case Decision.Crossed() -> {
                var status = order.status();
                AfterCommit.run(() -> countCrossing(status, event, metadata));
            }
            case Decision.Refused(var why) -> throw new ImpossibleMove(why);
        }
        return decision.events();
    }

    private void countCrossing(OrderStatus status, ReservationEvent event, EventMetadata metadata) {
        var input = event.getClass().getSimpleName();
        log.info(
                "order {} is {}, {} {} came too late",
                event.orderId(),
                status,
                input,
                metadata.id());
        crossings(input).increment();
    }

    private Counter crossings(String event) {
        return meters.counter("eventshop.orders.crossings", "event", event);
    }
}
