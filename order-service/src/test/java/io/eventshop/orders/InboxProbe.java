package io.eventshop.orders;

import static org.awaitility.Awaitility.await;

import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.orders.order.OrderSaga;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Hands events to the saga as the inbox does, without the way through Kafka, and looks into the
/// inbox's tables.
public class InboxProbe {

    private final OrderSaga saga;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    InboxProbe(OrderSaga saga, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.saga = saga;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// A batch in one transaction.
    public void delivers(ReservationEvent... events) {
        delivers(() -> {}, events);
    }

    /// @param beforeCommit runs when the events have had their effects, which nobody else sees yet
    public void delivers(Runnable beforeCommit, ReservationEvent... events) {
        transaction.executeWithoutResult(_ -> {
            saga.prepare(List.of(events));
            for (var event : events) {
                deliver(event);
            }
            beforeCommit.run();
        });
    }

    private void deliver(ReservationEvent event) {
        switch (event) {
            case StockReserved reserved -> saga.on(reserved, Inventory.metadata(reserved, 1));
            case StockRejected rejected -> saga.on(rejected, Inventory.metadata(rejected, 1));
            case StockReleased released -> saga.on(released, Inventory.metadata(released, 2));
        }
    }

    /// Waits until the events, which went through Kafka, have been dealt with in whatever way.
    public void soonHasProcessed(EventMetadata... events) {
        for (var event : events) {
            await().atMost(Duration.ofSeconds(20)).until(() -> hasProcessed(event));
        }
    }

    private boolean hasProcessed(EventMetadata event) {
        return jdbc.sql("select count(*) from messaging.processed_message where event_id = :id")
                        .param("id", event.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /// Forgets all that it has processed, as if the table had been lost.
    public void forgetsEverything() {
        jdbc.sql("delete from messaging.processed_message").update();
    }

    public int deadLetters(UUID orderId) {
        return jdbc.sql(
                        """
                        select count(*)
                        from messaging.dead_letter
                        where convert_from(record_key, 'UTF8') = :order
                        """)
                .param("order", orderId.toString())
                .query(Integer.class)
                .single();
    }
}
