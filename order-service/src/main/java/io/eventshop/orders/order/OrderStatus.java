package io.eventshop.orders.order;

/// Where an order is in its life. `PENDING` waits for the answer of the stock; from `REJECTED` and
/// `CANCELLED` nothing leads on.
public enum OrderStatus {
    PENDING,
    CONFIRMED,
    REJECTED,
    CANCELLED
}
