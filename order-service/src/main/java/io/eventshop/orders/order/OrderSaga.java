package io.eventshop.orders.order;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
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
@Transactional(propagation = Propagation.MANDATORY)
public class OrderSaga {

    private static final Logger log = LoggerFactory.getLogger(OrderSaga.class);

    private final Orders orders;
    private final OrderJournal journal;
    private final MeterRegistry meters;

    OrderSaga(Orders orders, OrderJournal journal, MeterRegistry meters) {
        this.orders = orders;
        this.journal = journal;
        this.meters = meters;
        // Of a counter that appears with its first event, no increase is seen.
        for (var event : List.of(StockReserved.class, StockRejected.class, StockReleased.class)) {
            Counter _ = crossings(event.getSimpleName());
        }
    }

    /// Loads and locks the orders of the whole batch with one query; the handlers find them in the
    /// session.
    public void prepare(List<Event> events) {
        var ids =
                events.stream()
                        .filter(ReservationEvent.class::isInstance)
                        .map(event -> ((ReservationEvent) event).orderId())
                        .distinct()
                        .toList();
        var locked = orders.lockAll(ids);
        log.debug("{} events for {} orders", events.size(), locked.size());
    }

    public void on(StockReserved event, EventMetadata metadata) {
        apply(event, metadata, Order::confirm);
    }

    public void on(StockRejected event, EventMetadata metadata) {
        apply(event, metadata, Order::reject);
    }

    public void on(StockReleased event, EventMetadata metadata) {
        apply(event, metadata, Order::release);
    }

    private void apply(
            ReservationEvent event, EventMetadata metadata, Function<Order, Decision> input) {
        var order =
                orders.findById(event.orderId())
                        .orElseThrow(
                                () -> new ImpossibleMove("there is no order " + event.orderId()));
        switch (input.apply(order)) {
            case Decision.Happened(var happened) -> journal.write(order, happened);
            case Decision.Unchanged() -> {}
            case Decision.Crossed() -> countCrossing(order, event, metadata);
            case Decision.Refused(var why) -> throw new ImpossibleMove(why);
        }
    }

    private void countCrossing(Order order, ReservationEvent event, EventMetadata metadata) {
        var input = event.getClass().getSimpleName();
        log.info(
                "order {} is {}, {} {} came too late",
                order.id(),
                order.status(),
                input,
                metadata.id());
        crossings(input).increment();
    }

    private Counter crossings(String event) {
        return meters.counter("eventshop.orders.crossings", "event", event);
    }
}
