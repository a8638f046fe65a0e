package io.eventshop.notifications.notification;

import io.eventshop.contracts.values.EmailAddress;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Erases addresses some days after an order's end, which is when the last notification about it
/// was written: those of its notifications, and the one that was kept for others. The buyer's
/// address goes from notifications about stock after the same time. What remains is the masked
/// address, so that a row still says whom it was about, and a replay of old events brings nothing
/// back.
///
/// A mail that is still on its way keeps its address, and its order's, until it has arrived or
/// failed. A confirmed order that is cancelled has ended once more; if its address was erased
/// before, nobody is told.
///
/// In small transactions, oldest first; instances pass over each other's rows, and the next look
/// makes up for one that failed.
@Component
class AddressErasure implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(AddressErasure.class);

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NotificationProperties properties;
    private final InstantSource clock;

    /// By the database's clock, which wrote the times.
    @Autowired
    AddressErasure(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            NotificationProperties properties,
            Notifications notifications) {
        this(jdbc, transactions, properties, (InstantSource) notifications::now);
    }

    AddressErasure(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            NotificationProperties properties,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(
                new IntervalTask(
                        this::erase,
                        properties.addressesCheckInterval(),
                        properties.addressesCheckInterval()));
    }

    /// Erases whatever has been kept for long enough.
    void erase() {
        Instant before = clock.instant().minus(properties.addressesKept());
        int all = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> eraseOldest(before));
            all += batch;
        } while (batch == BATCH);
        if (all > 0) {
            log.info("erased the addresses of {} notifications", all);
        }
    }

    /// Of an order, the contact before the notifications: who tells something just now has locked
    /// it, and what is told after this waits, and finds it erased.
    private int eraseOldest(Instant before) {
        List<Recipient> recipients = lockOldest(before);
        for (Recipient recipient : recipients) {
            var masked = recipient.address().masked();
            if (recipient.orderId() != null) {
                jdbc.sql(
                                """
                                update order_contact
                                set email = :masked, erased_at = now()
                                where order_id = :orderId
                                  and erased_at is null
                                """)
                        .param("masked", masked)
                        .param("orderId", recipient.orderId())
                        .update();
            }
            jdbc.sql(
                            """
                            update notification
                            set recipient = :masked, erased_at = now(), version = version + 1
                            where id = :id
                            """)
                    .param("masked", masked)
                    .param("id", recipient.id())
                    .update();
        }
        return recipients.size();
    }

    private record Recipient(UUID id, @Nullable UUID orderId, EmailAddress address) {}

    private List<Recipient> lockOldest(Instant before) {
        return jdbc.sql(
                        """
                        select id, order_id, recipient
                        from notification
                        where erased_at is null
                          and status <> 'PENDING'
                          and created_at < :before
                          and not exists (
                              select
                              from notification other
                              where other.order_id = notification.order_id
                                and (other.created_at >= :before or other.status = 'PENDING'))
                        order by created_at
                        limit :batch
                        for update of notification skip locked
                        """)
                .param("before", Timestamp.from(before))
                .param("batch", BATCH)
                .query((row, _) ->
                        new Recipient(
                                row.getObject("id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                new EmailAddress(row.getString("recipient"))))
                .list();
    }
}
