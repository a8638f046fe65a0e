package io.eventshop.inventory.reservation;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.values.Sku;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The one answer that an order gets from inventory: all of its lines are held, or none.
///
/// It is kept for ever, also when nothing is held any more, because its existence is what makes
/// every later `OrderPlaced` of the same order harmless: a duplicate, a replay with an emptied
/// inbox, or one that is read again after its order was cancelled.
///
/// Each event that a method returns is counted in `eventVersion`.
@Entity
class Reservation {

    @Id private UUID orderId;

    @Enumerated(EnumType.STRING)
    private ReservationStatus status;

    @ElementCollection
    @CollectionTable(name = "reservation_line", joinColumns = @JoinColumn(name = "order_id"))
    @OrderColumn(name = "line_number")
    private List<ReservationLine> lines;

    private long eventVersion;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // JPA fills the fields
    protected Reservation() {}

    private Reservation(UUID orderId, ReservationStatus status, List<ReservationLine> lines) {
        this.orderId = orderId;
        this.status = status;
        this.lines = new ArrayList<>(lines);
    }

    /// Decides: all lines fit, or nothing is held and the shortages say why.
    ///
    /// @param available how many of an item can be reserved; must stay true until the decision is
    ///   committed
    /// @throws IllegalArgumentException if a SKU stands in two lines: they are merged where orders
    ///   are placed, and each line alone might fit where both together do not
    static Answer reserve(
            UUID orderId, List<ReservationLine> lines, ToLongFunction<Sku> available) {
        if (lines.stream().map(ReservationLine::sku).distinct().count() < lines.size()) {
            throw new IllegalArgumentException(
                    "order %s names an item in two of its lines".formatted(orderId));
        }

        var shortages =
                lines.stream()
                        .filter(line -> line.quantity() > available.applyAsLong(line.sku()))
                        .map(line ->
                                new StockRejected.Shortage(
                                        line.sku(),
                                        line.quantity(),
                                        available.applyAsLong(line.sku())))
                        .toList();

        return shortages.isEmpty()
                ? new Reservation(orderId, ReservationStatus.RESERVED, lines).reserved()
                : new Reservation(orderId, ReservationStatus.REJECTED, lines).rejected(shortages);
    }

    /// @param reservation new, not saved yet
    /// @param event its first
    record Answer(Reservation reservation, NumberedEvent event) {}

    /// What an order leaves that was cancelled before it was seen, so that nothing gets reserved
    /// when its `OrderPlaced` does turn up. No event: nothing was held.
    static Reservation tombstone(UUID orderId) {
        return new Reservation(orderId, ReservationStatus.RELEASED, List.of());
    }

    /// The order was cancelled.
    Decision release() {
        return switch (status) {
            case RESERVED -> {
                status = ReservationStatus.RELEASED;
                var given =
                        lines.stream()
                                .map(line -> new StockReleased.Line(line.sku(), line.quantity()))
                                .toList();
                yield new Decision.Happened(counted(new StockReleased(orderId, given)));
            }
            case REJECTED, RELEASED -> new Decision.Unchanged();
        };
    }

    /// What is held: every line or none.
    List<ReservationLine> held() {
        return switch (status) {
            case RESERVED -> List.copyOf(lines);
            case REJECTED, RELEASED -> List.of();
        };
    }

    UUID orderId() {
        return orderId;
    }

    ReservationStatus status() {
        return status;
    }

    ReservationView view() {
        return new ReservationView(
                orderId,
                status,
                lines.stream()
                        .map(line -> new ReservationView.Line(line.sku(), line.quantity()))
                        .toList(),
                version == null ? 0 : version);
    }

    private Answer reserved() {
        var held =
                lines.stream()
                        .map(line -> new StockReserved.Line(line.sku(), line.quantity()))
                        .toList();
        return new Answer(this, counted(new StockReserved(orderId, held)));
    }

    private Answer rejected(List<StockRejected.Shortage> shortages) {
        return new Answer(this, counted(new StockRejected(orderId, shortages)));
    }

    private NumberedEvent counted(ReservationEvent event) {
        return new NumberedEvent(event, ++eventVersion);
    }
}
