package io.eventshop.orders.order;

import io.eventshop.contracts.Sku;
import java.util.List;

/// The wish of a customer, in the customer's words: prices are not among them.
///
/// @param email personal data, never logged
/// @param lines each SKU once
public record PlaceOrder(String customerId, String email, List<Line> lines) {

    public PlaceOrder {
        lines = List.copyOf(lines);
    }

    /// Without the address.
    @Override
    public String toString() {
        return "PlaceOrder[customerId=%s, lines=%s]".formatted(customerId, lines);
    }

    public record Line(Sku sku, int quantity) {}
}
