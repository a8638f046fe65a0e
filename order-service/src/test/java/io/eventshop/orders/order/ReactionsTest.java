package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.reservations.ReservationEvent;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Subscription;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.orders.item.ItemCopies;
import io.eventshop.testkit.CountedEvents;
import io.eventshop.testkit.Fact;
import io.eventshop.testkit.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/// What every handler promises, see [io.eventshop.messaging.EventHandler].
@OrderServiceTest
class ReactionsTest {

    @Autowired Shop shop;
    @Autowired InboxProbe inbox;
    @Autowired Subscription<LockedOrders> subscription;
    @Autowired Subscription<ItemCopies.Listed> items;
    @Autowired AggregateTable table;
    @Autowired Silence silence;
    @Autowired CountedEvents counted;
    @Autowired TransactionTemplate transaction;

    @Test
    void a_reaction_says_nothing_to_the_database() {
        var batch = List.<Event>of(batch());

        transaction.executeWithoutResult(status -> {
            var orders = subscription.preparation().apply(batch);
            silence.assertKeptBy(() ->
                    batch.forEach(event -> {
                        var metadata = Inventory.metadata(Fact.of(event));
                        var _ = subscription.handle(event, metadata, orders);
                    }));
            status.setRollbackOnly();
        });
    }

    @Test
    void nor_does_the_copy_of_an_item() {
        var listed = new ItemListed(new Sku("SILENT-1"), "Silent", new Money(1, "EUR"));

        transaction.executeWithoutResult(_ -> {
            var batch = items.preparation().apply(List.of(listed));
            silence.assertKeptBy(() -> {
                var _ = items.handle(listed, Inventory.metadata(Fact.of(listed)), batch);
            });
        });
    }

    @Test
    void whatever_is_counted_is_appended() {
        inbox.delivers(batch());

        counted.assertAllAppended(
                table.aggregateType(), table.table(), table.idColumn(), table.versionColumn());
    }

    /// Confirmed, rejected, crossed by a cancellation, and one again.
    private ReservationEvent[] batch() {
        var confirmed = shop.hasPlaced();
        var rejected = shop.hasPlaced();
        var cancelled = shop.hasPlaced();
        var _ = shop.cancels(cancelled);
        return new ReservationEvent[] {
            reserved(confirmed),
            rejected(rejected),
            reserved(cancelled),
            released(cancelled),
            reserved(confirmed)
        };
    }
}
