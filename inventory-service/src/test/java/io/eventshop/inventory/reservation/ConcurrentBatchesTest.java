package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Several consumers at once, as several instances would be: they share nothing but the database.
@InventoryTest
class ConcurrentBatchesTest {

    private static final int CONSUMERS = 4;
    private static final int BATCHES = 15;
    private static final int ORDERS = 20;
    private static final int STOCK = 1000;

    @Autowired private Inventory inventory;

    @Test
    void hot_items_are_never_oversold_and_batches_never_deadlock()
            throws InterruptedException, ExecutionException {
        var items = IntStream.range(0, 8).mapToObj(_ -> inventory.itemWith(STOCK, 10)).toList();
        var deadlocksBefore = deadlocks();

        var consumers = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(CONSUMERS)) {
            for (int i = 0; i < CONSUMERS; i++) {
                var random = new Random(i);
                consumers.add(threads.submit(() -> consume(items, random)));
            }
        }
        for (var consumer : consumers) {
            consumer.get();
        }

        inventory.staysExact();
        assertThat(deadlocks()).isEqualTo(deadlocksBefore);
        assertThat(items)
                .allSatisfy(sku ->
                        assertThat(inventory.item(sku).reserved())
                                .as("most of " + sku + " is wanted")
                                .isGreaterThan(STOCK / 2));
    }

    /// Orders name their items in any order, and every third is cancelled later.
    private void consume(List<Sku> items, Random random) {
        var open = new ArrayList<UUID>();
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ArrayList<Event>();
            for (int j = 0; j < ORDERS; j++) {
                var order = newOrder();
                batch.add(placed(order, lines(items, random)));
                open.add(order);
            }
            for (int j = 0; j < ORDERS / 3; j++) {
                batch.add(cancelled(open.remove(random.nextInt(open.size()))));
            }
            inventory.hears(batch.toArray(Event[]::new));
        }
    }

    private static OrderPlaced.Line[] lines(List<Sku> items, Random random) {
        var shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .limit(1 + random.nextInt(4))
                .map(sku -> line(sku, 1 + random.nextInt(10)))
                .toArray(OrderPlaced.Line[]::new);
    }

    private long deadlocks() {
        return inventory.count(
                "select deadlocks from pg_stat_database where datname = current_database()");
    }
}
