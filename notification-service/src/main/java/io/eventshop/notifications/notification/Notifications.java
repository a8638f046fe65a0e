package io.eventshop.notifications.notification;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// Adds it, due at once unless it is FAILED, unless the same is said already. A statement of
    /// its own because the duplicate-key error that JPA's insert would end in aborts the whole
    /// transaction.
    ///
    /// @return false if it was there
    boolean addIfNew(Notification notification) {
        return jdbc.sql(
                                """
                                insert into notification (
                                    id, version, source_event_id, correlation_id, kind, order_id,
                                    sku, recipient, subject, body, status, attempts, due_at,
                                    created_at, failure, failed_at, erased_at)
                                values (
                                    :id, 0, :sourceEventId, :correlationId, :kind, :orderId,
                                    :sku, :recipient, :subject, :text, :status, 0, now(),
                                    now(), :failure, :failedAt, :erasedAt)
                                on conflict do nothing
                                """)
                        .param("id", notification.id())
                        .param("sourceEventId", notification.sourceEventId())
                        .param("correlationId", notification.correlationId())
                        .param("kind", notification.kind().name())
                        .param("orderId", notification.orderId())
                        .param("sku", notification.sku())
                        .param("recipient", notification.recipient().value())
                        .param("subject", notification.subject())
                        .param("text", notification.text())
                        .param("status", notification.status().name())
                        .param("failure", notification.failure())
                        .param("failedAt", timestamp(notification.failedAt()), Types.TIMESTAMP)
                        .param("erasedAt", timestamp(notification.erasedAt()), Types.TIMESTAMP)
                        .update()
                == 1;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }

    /// Locks notifications that are due, first attempts first and then those that have been due for
    /// longest; passes over those that another dispatcher is taking right now. Mails have no order
    /// among each other.
    List<Notification> lockDue(Instant now, int countMax) {
        return lock(now, countMax, "order by attempts > 0, due_at");
    }

    /// The same, but only first attempts, and the newest of them.
    List<Notification> lockNewest(Instant now, int countMax) {
        return lock(now, countMax, "and not (attempts > 0) order by due_at desc");
    }

    @SuppressWarnings("unchecked") // JPA's native queries return raw lists
    private List<Notification> lock(Instant now, int countMax, String order) {
        return entities.createNativeQuery(
                        """
                        select *
                        from notification
                        where status = 'PENDING'
                          and due_at <= :now
                        %s
                        limit :countMax
                        for update skip locked
                        """
                                .formatted(order),
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

    /// The newest that are FAILED.
    List<Notification> listFailed(int countMax) {
        return entities.createQuery(
                        "select n from Notification n where n.status = :failed order by n.failedAt desc nulls last, n.id",
                        Notification.class)
                .setParameter("failed", NotificationStatus.FAILED)
                .setMaxResults(countMax)
                .getResultList();
    }

    /// How many are FAILED, by reason.
    Map<String, Long> countFailed() {
        var counts = new LinkedHashMap<String, Long>();
        jdbc.sql(
                        """
                        select failure, count(*) as number
                        from notification
                        where status = 'FAILED'
                        group by failure
                        order by number desc, failure
                        """)
                .query(row -> {
                    counts.put(row.getString("failure"), row.getLong("number"));
                });
        return counts;
    }

    /// Lets refusals be written down one at a time, until the transaction ends: each has to see
    /// those before it.
    void lockRefusals() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('notification refusals'))")
                .query(row -> {});
    }

    /// Whether the mail server has given this answer to recipients of so many domains since it took
    /// a mail: then it is not about them. Those that it had refused before that say nothing, or
    /// five dead addresses would look like an outage each time that they are tried again.
    boolean refusedAlike(String failure, int domains) {
        entities.flush();
        return jdbc.sql(
                                """
                                select count(distinct lower(substring(recipient from '[^@]*$')))
                                from notification
                                where failure = :failure
                                  and failed_at > :since
                                  and refused_at > :since
                                """)
                        .param("failure", failure)
                        .param("since", lastSent())
                        .query(Integer.class)
                        .single()
                >= domains;
    }

    /// Makes PENDING again what was refused so since the mail server took a mail.
    void takeBackRefusals(String failure, Instant dueAt) {
        entities.flush();
        jdbc.sql(
                        """
                        update notification
                        set status = 'PENDING', due_at = :dueAt, version = version + 1
                        where status = 'FAILED'
                          and erased_at is null
                          and failure = :failure
                          and failed_at > :since
                        """)
                .param("dueAt", Timestamp.from(dueAt))
                .param("failure", failure)
                .param("since", lastSent())
                .update();
    }

    private Timestamp lastSent() {
        return jdbc.sql("select coalesce(max(sent_at), to_timestamp(0)) from notification")
                .query(Timestamp.class)
                .single();
    }

    /// Makes PENDING again what is FAILED and whose address is known.
    ///
    /// @param id of one; null for all of the reason
    /// @param failure the reason; null for any
    /// @return how many
    int tryAgain(@Nullable UUID id, @Nullable String failure) {
        return jdbc.sql(
                        """
                        update notification
                        set status = 'PENDING', due_at = now(), attempts = 0, refused_at = null,
                            version = version + 1
                        where status = 'FAILED'
                          and erased_at is null
                          and (cast(:id as uuid) is null or id = :id)
                          and (cast(:failure as text) is null or failure = :failure)
                        """)
                .param("id", id)
                .param("failure", failure)
                .update();
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
