package io.eventshop.inventory.reservation;

import static java.util.stream.Collectors.toSet;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.EventMetadata;
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
/// because the second waits for the first one's marks in the inbox. Should that ever fail, the row
/// stops the second: by its version, or by its key if it is new.
@Service
public class ReservationService {

    private static final Logger log = LoggerFactory.getLogger(ReservationService.class);

    private final Reservations reservations;
    private final ItemService items;

    ReservationService(Reservations reservations, ItemService items) {
        this.reservations = reservations;
        this.items = items;
    }

    /// Loads and locks what these events will touch, for the rest of the transaction, by a constant
    /// number of statements.
    @Transactional(propagation = Propagation.MANDATORY)
    public LockedStock prepare(List<Event> events) {
        var orderIds =
                events.stream()
                        .map(OrderEvent.class::cast)
                        .map(OrderEvent::orderId)
                        .collect(toSet());
        var known = reservations.findWithLines(orderIds);
        return new LockedStock(items.lock(skus(events, known)), known);
    }

    /// Holds all of the order's lines or none, and says which. An order that has its answer gets no
    /// second one.
    public List<NumberedEvent> on(OrderPlaced order, EventMetadata metadata, LockedStock stock) {
        var known = stock.reservation(order.orderId());
        if (known.isPresent()) {
            var status = known.get().status();
            AfterCommit.run(() -> log.info("Order placed again, its reservation stays {}", status));
            return List.of();
        }

        var answer = Reservation.reserve(order.orderId(), lines(order), stock.items()::available);
        var reservation = reservations.save(answer.reservation());
        stock.add(reservation);
        return Stream.concat(Stream.of(answer.event()), hold(reservation.held(), stock)).toList();
    }

    /// Gives back what is held for the order, and remembers the cancellation for an order that was
    /// never seen.
    public List<NumberedEvent> on(OrderCancelled event, EventMetadata metadata, LockedStock stock) {
        var known = stock.reservation(event.orderId());
        if (known.isEmpty()) {
            stock.add(reservations.save(Reservation.tombstone(event.orderId())));
            AfterCommit.run(() ->
                    log.info(
                            "Order cancelled before it was seen, nothing will be reserved for it"));
            return List.of();
        }

        var reservation = known.get();
        reservation.held().forEach(line -> stock.items().release(line.sku(), line.quantity()));
        var decision = reservation.release();
        if (!(decision instanceof Decision.Happened)) {
            var status = reservation.status();
            AfterCommit.run(() -> log.info("Order cancelled, its reservation stays {}", status));
        }
        return decision.events();
    }

    @Transactional(readOnly = true)
    public Optional<ReservationView> find(UUID orderId) {
        return reservations.findWithLines(List.of(orderId)).stream()
                .map(Reservation::view)
                .findFirst();
    }

    /// What may get held, and what may get given back. The items of an order that has its answer
    /// already stay out of it.
    private static Set<Sku> skus(List<Event> events, List<Reservation> known) {
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

    /// What the items say of it.
    private static Stream<NumberedEvent> hold(List<ReservationLine> lines, LockedStock stock) {
        return lines.stream()
                .flatMap(line ->
                        stock.items().reserve(line.sku(), line.quantity()).events().stream());
    }

    private static List<ReservationLine> lines(OrderPlaced order) {
        return order.lines().stream()
                .map(line -> new ReservationLine(line.sku(), line.quantity()))
                .toList();
    }
}
