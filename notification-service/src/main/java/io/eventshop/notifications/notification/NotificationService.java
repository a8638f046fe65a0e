package io.eventshop.notifications.notification;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.messaging.EventMetadata;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/// Writes notifications down, in the transaction of the event that they tell about, and lists them.
/// Telling the same twice (a redelivered event, a full replay) changes nothing. As a queue they are
/// [MailQueue]'s.
@Service
public class NotificationService {

    private static final String ERASED = "the address was erased, some days after the order's end";

    private static final Logger log = LoggerFactory.getLogger(NotificationService.class);

    private final JdbcClient jdbc;
    private final IdGenerator ids;
    private final NotificationProperties properties;
    private final ApplicationEventPublisher commits;

    NotificationService(
            JdbcClient jdbc,
            IdGenerator ids,
            NotificationProperties properties,
            ApplicationEventPublisher commits) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.properties = properties;
        this.commits = commits;
    }

    /// Keeps the address to which everything else about the order is told, until some days after
    /// the order's end, see [AddressErasure]. Unless one is or was known already: an order is
    /// placed once, and what was erased does not come back with a replay.
    @Transactional(propagation = Propagation.MANDATORY)
    public void keepContact(OrderPlaced placed) {
        jdbc.sql(
                        """
                        insert into order_contact (order_id, email)
                        values (:orderId, :email)
                        on conflict do nothing
                        """)
                .param("orderId", placed.orderId())
                .param("email", placed.email().value())
                .update();
    }

    /// Tells the customer of the order that the letter is about, which has come to an end. If it
    /// had done so long ago, its address is erased and the notification is FAILED.
    ///
    /// @throws IllegalStateException if the order's address is unknown. Order per key delivers
    ///   OrderPlaced first, and behind a dead letter of it this event waits, so nobody was
    ///   forgotten unless the dead letter was discarded; then this event becomes one, too, and is
    ///   seen.
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellCustomer(UUID orderId, Letter letter, EventMetadata source) {
        var contact =
                findContact(orderId)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "order %s has no known address for its %s mail"
                                                .formatted(orderId, letter.kind())));
        write(letter, contact, source);
    }

    /// Who is to be told.
    ///
    /// @param erased whether the address is masked, and nobody can be told any more
    record Contact(EmailAddress email, boolean erased) {}

    /// Who is to be told. The address is not erased before the transaction ends.
    ///
    /// @return empty if no such order is known
    private Optional<Contact> findContact(UUID orderId) {
        return jdbc.sql(
                        """
                        select email, erased_at is not null as erased
                        from order_contact
                        where order_id = :orderId
                        for share
                        """)
                .param("orderId", orderId)
                .query((row, _) ->
                        new Contact(
                                new EmailAddress(row.getString("email")), row.getBoolean("erased")))
                .optional();
    }

    /// Tells the warehouse's buyer.
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellBuyer(Letter letter, EventMetadata source) {
        write(letter, new Contact(properties.buyer(), false), source);
    }

    /// Writes one down, due at once, unless the same is said already. If its recipient's address
    /// was erased before it was written, there is nobody to send it to, and it is FAILED.
    ///
    /// The column `version` is there for instances of older versions of the service.
    private void write(Letter letter, Contact recipient, EventMetadata source) {
        int written =
                jdbc.sql(
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
                        .param("id", ids.generateId())
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
                        .update();
        if (written == 1) {
            commits.publishEvent(new MailsDue());
        } else {
            log.info("{} of event {} is written already", letter.kind(), source.id());
        }
    }

    /// Newest first, which is the order of the ids (UUIDv7); one order's or all.
    ///
    /// @param after the last one that the reader has
    @Transactional(readOnly = true)
    public List<NotificationView> list(@Nullable UUID orderId, @Nullable UUID after, int countMax) {
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
                .query(new SimplePropertyRowMapper<>(NotificationView.class))
                .list();
    }
}
