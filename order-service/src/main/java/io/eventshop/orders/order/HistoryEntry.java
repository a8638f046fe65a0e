package io.eventshop.orders.order;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that happened to an order.
///
/// @param version the order's version from then on
/// @param reason why, if it was rejected or cancelled
/// @param eventId the event that said so
/// @param causationId the event that it answered; null where a request or the deadline set it off
public record HistoryEntry(
        long version,
        OrderStatus status,
        @Nullable OrderReason reason,
        Instant time,
        UUID eventId,
        @Nullable String causationId) {}
