package io.eventshop.contracts.orders;

import java.util.UUID;

/// The order was called off; whatever is reserved for it, now or later, must be released.
public record OrderCancelled(UUID orderId, Reason reason) implements OrderEvent {

    public enum Reason {
        CUSTOMER_REQUEST,
        STOCK_UNANSWERED,
        /// What a reader sees for a reason that is younger than itself. Never written.
        UNKNOWN
    }
}
