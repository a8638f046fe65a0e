package io.eventshop.inventory.reservation;

import io.eventshop.contracts.values.Sku;
import jakarta.persistence.Embeddable;

/// Part of an order: this many of that item.
///
/// @param quantity 1 or more
@Embeddable
record ReservationLine(Sku sku, int quantity) {

    ReservationLine {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "a quantity of %s is at least 1, not %d".formatted(sku, quantity));
        }
    }
}
