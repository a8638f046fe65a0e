package io.eventshop.contracts.reservations;

import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// Nothing is reserved for the order, because these items fell short.
public record StockRejected(UUID orderId, List<Shortage> shortages) implements ReservationEvent {

    public StockRejected {
        shortages = List.copyOf(shortages);
    }

    /// @param available how many there were to reserve; 0 for an item that inventory does not know
    public record Shortage(Sku sku, int requested, long available) {}
}
