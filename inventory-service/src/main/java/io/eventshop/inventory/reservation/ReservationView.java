package io.eventshop.inventory.reservation;

import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// A reservation as it was read.
///
/// @param lines what was asked for, in the order's order; empty if the order was cancelled before
///   inventory saw it
/// @param version of the row, for `ETag`
public record ReservationView(
        UUID orderId, ReservationStatus status, List<Line> lines, long version) {

    public record Line(Sku sku, int quantity) {}
}
