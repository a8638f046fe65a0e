package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.notifications.notification.OrderContacts.Contact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// All notifications, as a set to add to and to read. As a queue they are [MailQueue]'s.
@Repository
class Notifications {

    private static final String ERASED = "the address was erased, some days after the order's end";

    private final JdbcClient jdbc;

    Notifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Adds one, due at once, unless the same is said already. If its recipient's address was
    /// erased before it was written, there is nobody to send it to, and it is FAILED.
    ///
    /// The column `version` is there for instances of older versions of the service.
    ///
    /// @return false if it was there
    boolean addIfNew(UUID id, Letter letter, Contact recipient, SourceEvent source) {
        return jdbc.sql(
                                """
                                insert into notification (
                                    id, version, source_event_id, correlation_id, kind, order_id,
                                    sku, recipient, subject, body, attempts, due_at, created_at,
                                    status, failure, failed_at, erased_at)
                                values (
                                    :id, 0, :sourceEventId, :correlationId, :kind, :orderId,
                                    :sku, :recipient, :subject, :text, 0, now(), now(),
                                    case when :erased then 'FAILED' else 'PENDING' end,
                                    case when :erased then :failure end,
                                    case when :erased then now() end,
                                    case when :erased then now() end)
                                on conflict do nothing
                                """)
                        .param("id", id)
                        .param("sourceEventId", source.id())
                        .param("correlationId", source.correlationId())
                        .param("kind", letter.kind().name())
                        .param("orderId", letter.orderId())
                        .param("sku", letter.sku() == null ? null : letter.sku().value())
                        .param("recipient", recipient.email().value())
                        .param("subject", letter.subject())
                        .param("text", letter.text())
                        .param("erased", recipient.erased())
                        .param("failure", ERASED)
                        .update()
                == 1;
    }

    /// Newest first, which is the order of the ids (UUIDv7), after the given one.
    List<NotificationView> list(@Nullable UUID orderId, @Nullable UUID after, int countMax) {
        // Only the conditions that hold, or the server may prefer a plan without the order's index.
        String conditions =
                (orderId == null ? "" : "\n  and order_id = :orderId")
                        + (after == null ? "" : "\n  and id < :after");
        return jdbc.sql(
                        """
                        select *
                        from notification
                        where true%s
                        order by id desc
                        limit :countMax
                        """
                                .formatted(conditions))
                .param("orderId", orderId)
                .param("after", after)
                .param("countMax", countMax)
                .query((row, _) ->
                        new NotificationView(
                                row.getObject("id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                row.getString("sku"),
                                NotificationKind.valueOf(row.getString("kind")),
                                maskedRecipient(row),
                                NotificationStatus.valueOf(row.getString("status")),
                                instant(row, "sent_at")))
                .list();
    }

    /// What was erased is masked already.
    static String maskedRecipient(ResultSet row) throws SQLException {
        String recipient = row.getString("recipient");
        return row.getTimestamp("erased_at") == null
                ? new EmailAddress(recipient).masked()
                : recipient;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
