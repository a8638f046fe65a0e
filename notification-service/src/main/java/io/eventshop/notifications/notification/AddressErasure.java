package io.eventshop.notifications.notification;

import static java.util.Comparator.comparing;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.messaging.background.PeriodicWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
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
class AddressErasure extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(AddressErasure.class);

    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NotificationProperties properties;

    AddressErasure(
            JdbcClient jdbc, TransactionTemplate transaction, NotificationProperties properties) {
        super(
                "address-erasure",
                properties.addressesCheckInterval(),
                properties.addressesCheckInterval());
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.properties = properties;
    }

    @Override
    protected void work(BooleanSupplier stopping) {
        erase(properties.addressesKept(), stopping);
    }

    /// Erases whatever has been kept for longer, by the database's clock, which wrote the times.
    void erase(Duration kept, BooleanSupplier stopping) {
        int all = 0;
        int batch;
        do {
            batch = transaction.execute(_ -> eraseOldest(kept));
            all += batch;
        } while (batch == BATCH && !stopping.getAsBoolean());
        if (all > 0) {
            log.info("erased the addresses of {} notifications", all);
        }
    }

    /// Of an order, the contact before the notifications: who tells something just now has locked
    /// it, and what is told after this waits, and finds it erased. In the order of the orders, as
    /// those lock them who tell something.
    private int eraseOldest(Duration kept) {
        List<Recipient> recipients = new ArrayList<>(lockOldest(kept));
        recipients.sort(comparing(recipient -> String.valueOf(recipient.orderId())));
        for (Recipient recipient : recipients) {
            jdbc.sql(
                            """
                            update order_contact
                            set email = :masked, erased_at = now()
                            where order_id = :orderId
                              and erased_at is null
                            """)
                    .paramSource(recipient)
                    .update();
            jdbc.sql(
                            """
                            update notification
                            set recipient = :masked, erased_at = now()
                            where id = :id
                            """)
                    .paramSource(recipient)
                    .update();
        }
        return recipients.size();
    }

    /// @param orderId null if the notification is about stock: then there is no contact
    record Recipient(UUID id, @Nullable UUID orderId, String masked) {}

    private List<Recipient> lockOldest(Duration kept) {
        return jdbc.sql(
                        """
                        select id, order_id, recipient
                        from notification
                        where erased_at is null
                          and status <> 'PENDING'
                          and created_at < now() - cast(:kept as interval)
                          and not exists (
                              select
                              from notification other
                              where other.order_id = notification.order_id
                                and (other.created_at >= now() - cast(:kept as interval)
                                     or other.status = 'PENDING'))
                        order by created_at
                        limit :batch
                        for update of notification skip locked
                        """)
                .param("kept", kept.toString())
                .param("batch", BATCH)
                .query((row, _) ->
                        new Recipient(
                                row.getObject("id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                new EmailAddress(row.getString("recipient")).masked()))
                .list();
    }
}
