package io.eventshop.contracts.reservations;

import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// All lines of the order are reserved; it is always all or none.
public record StockReserved(UUID orderId, List<Line> lines) implements ReservationEvent {

    public StockReserved {
        lines = List.copyOf(lines);
    }

    public record Line(Sku sku, int quantity) {}
}
