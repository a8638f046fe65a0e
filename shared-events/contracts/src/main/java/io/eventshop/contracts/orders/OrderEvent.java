package io.eventshop.contracts.orders;

import io.eventshop.contracts.Event;
import java.util.UUID;

/// What can happen to an order.
public sealed interface OrderEvent extends Event
        permits OrderPlaced, OrderConfirmed, OrderRejected, OrderCancelled {

    UUID orderId();

    @Override
    default String aggregateId() {
        return orderId().toString();
    }
}
