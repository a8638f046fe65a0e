package io.eventshop.contracts.reservations;

import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// The compensation of `StockReserved`: what was held for the order can be sold again.
public record StockReleased(UUID orderId, List<Line> lines) implements ReservationEvent {

    public StockReleased {
        lines = List.copyOf(lines);
    }

    public record Line(Sku sku, int quantity) {}
}
