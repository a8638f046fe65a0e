package io.eventshop.contracts.reservations;

import io.eventshop.contracts.Event;
import java.util.UUID;

/// What can happen to the stock held for an order. There is one reservation per order, so the
/// order's id names it.
public sealed interface ReservationEvent extends Event
        permits StockReserved, StockRejected, StockReleased {

    UUID orderId();

    @Override
    default String aggregateId() {
        return orderId().toString();
    }
}
