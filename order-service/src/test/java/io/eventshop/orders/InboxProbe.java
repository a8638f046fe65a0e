package io.eventshop.orders;

import static io.eventshop.orders.Inventory.metadata;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.messaging.Outbox;
import io.eventshop.orders.order.LockedOrders;
import io.eventshop.orders.order.OrderSaga;
import io.eventshop.testkit.Fact;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Hands events to the saga, without Kafka, the inbox's memory and the flow of their cause, and
/// looks into the inbox's tables.
public class InboxProbe {

    private final OrderSaga saga;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    InboxProbe(
            OrderSaga saga,
            Outbox outbox,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.saga = saga;
        this.outbox = outbox;
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
            var orders = saga.prepare(List.of(events));
            outbox.append(Stream.of(events).flatMap(event -> answers(event, orders)).toList());
            beforeCommit.run();
        });
    }

    private Stream<NumberedEvent> answers(ReservationEvent event, LockedOrders orders) {
        var metadata = metadata(Fact.of(event));
        var answers =
                switch (event) {
                    case StockReserved reserved -> saga.on(reserved, metadata, orders);
                    case StockRejected rejected -> saga.on(rejected, metadata, orders);
                    case StockReleased released -> saga.on(released, metadata, orders);
                };
        return answers.stream();
    }

    /// Waits until the events, which went through Kafka, have been dealt with in whatever way.
    public void soonHasProcessed(Fact... facts) {
        eventually(() -> assertThat(facts).allMatch(this::hasProcessed));
    }

    private boolean hasProcessed(Fact fact) {
        return jdbc.sql("select count(*) from messaging.processed_message where event_id = :id")
                        .param("id", fact.id())
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
