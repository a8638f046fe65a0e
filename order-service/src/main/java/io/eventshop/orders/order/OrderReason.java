package io.eventshop.orders.order;

/// Why an order was rejected or cancelled.
public enum OrderReason {
    OUT_OF_STOCK,
    CUSTOMER_REQUEST,
    STOCK_UNANSWERED
}
