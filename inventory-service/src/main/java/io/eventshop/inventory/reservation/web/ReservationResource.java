package io.eventshop.inventory.reservation.web;

import io.eventshop.inventory.reservation.ReservationStatus;
import io.eventshop.inventory.reservation.ReservationView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/// A reservation as clients see it.
///
/// @param lines what the order asked for, whatever became of it
@Schema(name = "Reservation")
record ReservationResource(UUID orderId, ReservationStatus status, List<Line> lines) {

    record Line(@Schema(example = "KEYBOARD-1") String sku, int quantity) {}

    static ReservationResource of(ReservationView reservation) {
        return new ReservationResource(
                reservation.orderId(),
                reservation.status(),
                reservation.lines().stream()
                        .map(line -> new Line(line.sku().value(), line.quantity()))
                        .toList());
    }
}
