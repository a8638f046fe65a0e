package io.eventshop.notifications.notification;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// All notifications, as a set to read and as a queue to take from.
@Repository
class Notifications {

    private final EntityManager entities;
    private final JdbcClient jdbc;

    Notifications(EntityManager entities, JdbcClient jdbc) {
        this.entities = entities;
        this.jdbc = jdbc;
    }

    /// Adds it, due at once, unless the same is said already. A statement of its own because the
    /// duplicate-key error that JPA's insert would end in aborts the whole transaction.
    ///
    /// @return false if it was there
    boolean addIfNew(Notification notification) {
        return jdbc.sql(
                                """
                                insert into notification (
                                    id, version, source_event_id, correlation_id, kind, order_id,
                                    sku, recipient, subject, body, status, attempts, due_at,
                                    created_at)
                                values (
                                    :id, 0, :sourceEventId, :correlationId, :kind, :orderId,
                                    :sku, :recipient, :subject, :text, 'PENDING', 0, now(),
                                    now())
                                on conflict do nothing
                                """)
                        .param("id", notification.id())
                        .param("sourceEventId", notification.sourceEventId())
                        .param("correlationId", notification.correlationId())
                        .param("kind", notification.kind().name())
                        .param("orderId", notification.orderId())
                        .param("sku", notification.sku())
                        .param("recipient", notification.recipient())
                        .param("subject", notification.subject())
                        .param("text", notification.text())
                        .update()
                == 1;
    }

    /// Locks the notifications that have been due for longest, and passes over those that another
    /// dispatcher is taking right now: mails have no order among each other.
    @SuppressWarnings("unchecked") // JPA's native queries return raw lists
    List<Notification> lockDue(Instant now, int countMax) {
        return entities.createNativeQuery(
                        """
                        select *
                        from notification
                        where status = 'PENDING'
                          and due_at <= :now
                        order by due_at
                        limit :countMax
                        for update skip locked
                        """,
                        Notification.class)
                .setParameter("now", now)
                .setParameter("countMax", countMax)
                .getResultList();
    }

    Notification lock(UUID id) {
        return Optional.ofNullable(
                        entities.find(Notification.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new IllegalStateException("no notification " + id));
    }

    /// Newest first, which is the order of the ids (UUIDv7), after the given one.
    List<Notification> list(@Nullable UUID orderId, @Nullable UUID after, int countMax) {
        var query =
                entities.createQuery(
                        "select n from Notification n where true"
                                + (orderId == null ? "" : " and n.orderId = :orderId")
                                + (after == null ? "" : " and n.id < :after")
                                + " order by n.id desc",
                        Notification.class);
        if (orderId != null) {
            query.setParameter("orderId", orderId);
        }
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.setMaxResults(countMax).getResultList();
    }

    long countPending() {
        return jdbc.sql("select count(*) from notification where status = 'PENDING'")
                .query(Long.class)
                .single();
    }

    /// Leases are judged by this one clock: those of the instances may differ.
    Instant now() {
        return jdbc.sql("select now()").query((row, _) -> row.getTimestamp(1).toInstant()).single();
    }
}
