package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.internal.transport.Delivery;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that a consumer has not applied, with the record as it arrived.
///
/// @param attempts how often it was tried alone; 0 while it only waits
/// @param settledBy who replayed or discarded it; null while it is open
record DeadLetter(
        String consumer,
        UUID eventId,
        Sequence sequence,
        Delivery delivery,
        Status status,
        Failure failure,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        @Nullable Instant settledAt,
        @Nullable String settledBy,
        @Nullable String settledReason) {

    enum Status {
        /// Tried, and failed.
        DEAD,
        /// Not tried: an earlier event of its key is dead.
        PARKED,
        /// Applied later, by someone's order.
        REPLAYED,
        /// Never to be applied, by someone's order.
        DISCARDED
    }
}
