package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
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
        @Nullable Instant sentAt) {

    /// What was erased is masked already, and still is when it is masked again.
    public NotificationView {
        recipient = new EmailAddress(recipient).masked();
    }
}
