package io.eventshop.notifications.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A letter that one dispatcher has taken and is to deliver before its lease ends.
///
/// @param id of the notification; goes into the Message-ID, which is the same at every attempt
/// @param attempt counts from 1
/// @param lease when another dispatcher may take it, by the database's clock
public record Mail(
        UUID id,
        int attempt,
        Instant lease,
        NotificationKind kind,
        @Nullable UUID orderId,
        @Nullable String sku,
        String recipient,
        String subject,
        String text,
        String correlationId) {

    public String maskedRecipient() {
        return EmailMask.mask(recipient);
    }

    /// Without personal data: records find their way into logs.
    @Override
    public String toString() {
        return "%s mail %s to %s, attempt %d".formatted(kind, id, maskedRecipient(), attempt);
    }
}
