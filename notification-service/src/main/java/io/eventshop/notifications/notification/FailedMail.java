package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A notification that is FAILED, for the person on call.
///
/// @param orderId null if it is about stock
/// @param sku null if it is about an order
/// @param recipient masked
/// @param failure why; what the mail server answered, without its words, which may name the address
/// @param failedAt null if an older version of the service has written it
/// @param addressKnown whether it can be sent again
public record FailedMail(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String sku,
        NotificationKind kind,
        String recipient,
        String failure,
        @Nullable Instant failedAt,
        boolean addressKnown) {

    /// What was erased is masked already, and still is when it is masked again.
    public FailedMail {
        recipient = new EmailAddress(recipient).masked();
    }
}
