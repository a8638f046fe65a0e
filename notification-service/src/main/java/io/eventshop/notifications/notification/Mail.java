package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A letter that one dispatcher has taken and is to deliver before its lease ends.
///
/// @param id of the notification; goes into the Message-ID, which is the same at every attempt
/// @param attempt counts from 1
/// @param dueAt since when it was due, by the database's clock
/// @param lease when another dispatcher may take it, by the database's clock
/// @param recipient as mail is sent to it, see [EmailAddress#deliverable]; there is no mail to
///   anything else
public record Mail(
        UUID id,
        int attempt,
        Instant dueAt,
        Instant lease,
        NotificationKind kind,
        @Nullable UUID orderId,
        EmailAddress recipient,
        String subject,
        String text,
        String correlationId) {

    public Mail {
        if (!recipient.deliverable().equals(Optional.of(recipient))) {
            throw new IllegalArgumentException("mail cannot be sent to " + recipient);
        }
    }

    /// Short, for the log.
    @Override
    public String toString() {
        return "%s mail %s to %s, attempt %d".formatted(kind, id, recipient.masked(), attempt);
    }
}
