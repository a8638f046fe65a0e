package io.eventshop.inventory.reservation;

import static java.util.stream.Collectors.toSet;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.messaging.Outbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Answers orders. What is done for an event is done once, because the order's reservation row is
/// there afterwards; an event that comes again, in whatever way, finds it and changes nothing.
///
/// The items of a whole batch are locked in one order, by SKU, so that batches of several instances
/// wait for each other and never deadlock. Reservations need no lock: the events of one order share
/// a key and are handled one after another, also when two instances believe that they own the key,
/// because the second waits for the first one's marks in the inbox. Should that ever fail, the
/// version of the row stops the second, and it decides again.
@Service
public class ReservationService {

    private static final Logger log = LoggerFactory.getLogger(ReservationService.class);

    private final Reservations reservations;
    private final ItemService items;
    private final Outbox outbox;

    ReservationService(Reservations reservations, ItemService items, Outbox outbox) {
        this.reservations = reservations;
        this.items = items;
        this.outbox = outbox;
    }

    /// Loads and locks what these events will touch, for the rest of the transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public void prepare(List<? extends OrderEvent> events) {
        var _ = load(events);
    }

    /// Holds all of the order's lines or none, and says which. An order that has its answer gets no
    /// second one.
    @Transactional(propagation = Propagation.MANDATORY)
    public void reserve(OrderPlaced order) {
        var workload = Workload.current().orElseGet(() -> load(List.of(order)));
        var known = workload.reservation(order.orderId());
        if (known.isPresent()) {
            log.info("Order placed again, its reservation stays {}", known.get().status());
            return;
        }

        var decision =
                Reservation.reserve(order.orderId(), lines(order), workload.items()::available);
        var reservation = decision.reservation();
        var low = hold(reservation.held(), workload);

        workload.add(reservations.saveAndFlush(reservation));
        append(decision.event());
        low.forEach(this::append);
        log.info("Stock {}", reservation.status());
    }

    /// Gives back what is held for the order, and remembers the cancellation for an order that was
    /// never seen.
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(OrderCancelled cancellation) {
        var orderId = cancellation.orderId();
        var workload = Workload.current().orElseGet(() -> load(List.of(cancellation)));
        var known = workload.reservation(orderId);
        if (known.isEmpty()) {
            workload.add(reservations.saveAndFlush(Reservation.tombstone(orderId)));
            log.info("Order cancelled before it was seen, nothing will be reserved for it");
            return;
        }

        var reservation = known.get();
        var held = reservation.held();
        var released = reservation.release();
        if (released.isEmpty()) {
            log.info("Order cancelled, its reservation stays {}", reservation.status());
            return;
        }
        held.forEach(line -> workload.items().release(line.sku(), line.quantity()));
        reservations.flush();
        append(released.get());
        log.info("Stock {}", reservation.status());
    }

    @Transactional(readOnly = true)
    public Optional<ReservationView> find(UUID orderId) {
        return reservations.findWithLines(List.of(orderId)).stream()
                .map(Reservation::view)
                .findFirst();
    }

    private Workload load(List<? extends OrderEvent> events) {
        var orderIds = events.stream().map(OrderEvent::orderId).collect(toSet());
        var known = reservations.findWithLines(orderIds);
        return new Workload(items.lock(skus(events, known)), known).untilTransactionEnds();
    }

    /// What may get held, and what may get given back. The items of an order that has its answer
    /// already stay out of it.
    private static Set<Sku> skus(List<? extends OrderEvent> events, List<Reservation> known) {
        var answered = known.stream().map(Reservation::orderId).collect(toSet());
        var placed =
                events.stream()
                        .filter(OrderPlaced.class::isInstance)
                        .map(OrderPlaced.class::cast)
                        .filter(order -> !answered.contains(order.orderId()))
                        .flatMap(order -> order.lines().stream())
                        .map(OrderPlaced.Line::sku);
        var held = known.stream().flatMap(it -> it.held().stream()).map(ReservationLine::sku);
        return Stream.concat(placed, held).collect(toSet());
    }

    private void append(Event event) {
        var _ = outbox.append(event);
    }

    private static List<StockLow> hold(List<ReservationLine> lines, Workload workload) {
        return lines.stream()
                .flatMap(line -> workload.items().reserve(line.sku(), line.quantity()).stream())
                .toList();
    }

    private static List<ReservationLine> lines(OrderPlaced order) {
        return order.lines().stream()
                .map(line -> new ReservationLine(line.sku(), line.quantity()))
                .toList();
    }
}
