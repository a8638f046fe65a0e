package io.eventshop.orders.order;

import java.util.UUID;

/// There is no order with this id.
public final class OrderNotFound extends RuntimeException {

    OrderNotFound(UUID orderId) {
        super("there is no order " + orderId);
    }
}
