package io.eventshop.orders.order.web;

/// Bodies that work against the seed data; `SOLD-OUT-1` is always out of stock.
final class OrderExamples {

    static final String CONFIRMED =
            """
            {
              "customerId": "customer-1",
              "email": "ada@example.com",
              "lines": [
                {"sku": "KEYBOARD-1", "quantity": 1},
                {"sku": "MOUSE-1", "quantity": 2}
              ]
            }
            """;

    static final String REJECTED =
            """
            {
              "customerId": "customer-1",
              "email": "ada@example.com",
              "lines": [
                {"sku": "KEYBOARD-1", "quantity": 1},
                {"sku": "SOLD-OUT-1", "quantity": 1}
              ]
            }
            """;

    private OrderExamples() {}
}
