package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.testkit.CountedEvents;
import io.eventshop.testkit.Fact;
import io.eventshop.testkit.Silence;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// What every handler promises, see [io.eventshop.messaging.EventHandler].
@InventoryTest
class ReactionsTest {

    @Autowired private Inventory inventory;
    @Autowired private Subscription<LockedStock> subscription;
    @Autowired private List<AggregateTable> tables;
    @Autowired private Silence silence;
    @Autowired private CountedEvents counted;
    @Autowired private TransactionTemplate transaction;
    @Autowired private MeterRegistry meters;

    @Test
    void a_reaction_says_nothing_to_the_database() {
        var batch = batch();

        transaction.executeWithoutResult(status -> {
            var stock = subscription.preparation().apply(batch);
            silence.assertKeptBy(() ->
                    batch.forEach(event -> {
                        var _ = subscription.handle(event, metadata(event), stock);
                    }));
            status.setRollbackOnly();
        });
    }

    @Test
    void whatever_is_counted_is_appended() {
        inventory.hears(batch().toArray(Event[]::new));

        tables.forEach(table ->
                counted.assertAllAppended(
                        table.aggregateType(),
                        table.table(),
                        table.idColumn(),
                        table.versionColumn()));
    }

    /// Batches that fail are done again event by event, which works and is slow.
    @Test
    void a_backlog_goes_through_in_batches() {
        var skus = List.of(inventory.itemWith(10_000, 9_000), inventory.itemWith(10_000));
        var failed = meters.counter("eventshop.inbox.failed.batches", "consumer", "reservations");
        double before = failed.count();

        for (int batch = 0; batch < 3; batch++) {
            inventory.hears(
                    IntStream.range(0, 100)
                            .mapToObj(_ -> newOrder())
                            .flatMap(order ->
                                    Stream.of(
                                            placed(
                                                    order,
                                                    line(skus.get(0), 5),
                                                    line(skus.get(1), 1)),
                                            cancelled(order)))
                            .toArray(Event[]::new));
        }

        assertThat(failed.count()).isEqualTo(before);
    }

    /// Reserved across the reorder level, rejected, released, and each again.
    private List<Event> batch() {
        var sku = inventory.itemWith(10, 8);
        var order = newOrder();
        var tooLarge = newOrder();
        return List.of(
                placed(order, line(sku, 3)),
                placed(tooLarge, line(sku, 8)),
                cancelled(order),
                cancelled(tooLarge),
                cancelled(newOrder()),
                placed(order, line(sku, 3)),
                cancelled(order));
    }

    private static EventMetadata metadata(Event event) {
        var fact = Fact.of(event);
        return new EventMetadata(
                fact.id(),
                "/order-service",
                "type",
                "schema",
                event.aggregateId(),
                fact.time(),
                1,
                UUID.randomUUID().toString(),
                null,
                null);
    }
}
