package io.eventshop.orders.order;

import java.util.UUID;

/// The order is no longer what the one who asked had seen.
public final class OrderChanged extends RuntimeException {

    OrderChanged(UUID orderId) {
        super("order " + orderId + " has changed since it was read");
    }
}
