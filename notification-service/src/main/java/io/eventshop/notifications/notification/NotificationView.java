package io.eventshop.notifications.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A notification as others may see it.
///
/// @param orderId null if it is about stock
/// @param sku null if it is about an order
/// @param recipient masked, e.g. `a***@example.test`
/// @param sentAt null unless the status is SENT
public record NotificationView(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String sku,
        NotificationKind kind,
        String recipient,
        NotificationStatus status,
        @Nullable Instant sentAt) {}
