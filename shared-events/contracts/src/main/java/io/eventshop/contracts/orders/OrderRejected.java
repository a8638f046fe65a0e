package io.eventshop.contracts.orders;

import java.util.UUID;

/// The order cannot be fulfilled, and nothing is reserved for it.
public record OrderRejected(UUID orderId, Reason reason) implements OrderEvent {

    public enum Reason {
        OUT_OF_STOCK,
        /// What a reader sees for a reason that is younger than itself. Never written.
        UNKNOWN
    }
}
