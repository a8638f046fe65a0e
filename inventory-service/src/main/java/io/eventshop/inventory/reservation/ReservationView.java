package io.eventshop.inventory.reservation;

import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// A reservation as others see it.
///
/// @param lines what was asked for, in the order's order; empty if the order was cancelled before
///   inventory saw it
/// @param version counts the changes of the reservation; the ETag uses it
public record ReservationView(
        UUID orderId, ReservationStatus status, List<Line> lines, long version) {

    public record Line(Sku sku, int quantity) {}
}
