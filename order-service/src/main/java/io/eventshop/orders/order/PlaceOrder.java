package io.eventshop.orders.order;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Sku;
import java.util.List;

/// The wish of a customer, in the customer's words: prices are not among them.
///
/// @param email as mail is sent to it
/// @param lines each SKU once
public record PlaceOrder(String customerId, EmailAddress email, List<Line> lines) {

    public PlaceOrder {
        lines = List.copyOf(lines);
    }

    public record Line(Sku sku, int quantity) {}
}
