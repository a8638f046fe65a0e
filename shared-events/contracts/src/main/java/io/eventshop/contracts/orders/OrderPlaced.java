package io.eventshop.contracts.orders;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.UUID;

/// A customer ordered, at prices that are now fixed. Inventory answers with `StockReserved` or
/// `StockRejected`.
///
/// @param email the only event that carries the customer's address
/// @param lines 1 or more, each SKU once
/// @param total the sum over the lines; all share its currency
public record OrderPlaced(
        UUID orderId, String customerId, EmailAddress email, List<Line> lines, Money total)
        implements OrderEvent {

    public OrderPlaced {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an order has at least one line");
        }
    }

    /// @param quantity 1 or more
    public record Line(Sku sku, int quantity, Money unitPrice) {
        public Line {
            if (quantity < 1) {
                throw new IllegalArgumentException(
                        "a line's quantity is at least 1, not " + quantity);
            }
        }
    }
}
