package io.eventshop.proof.system;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.eventshop.proof.shop.ShopClient;
import io.eventshop.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// Orders at a steady pace, whatever becomes of the ones before, until it is ended.
final class OrderStream implements AutoCloseable {

    private static final int PER_SECOND = 5;

    /// Half an hour of them, for slow machines; a story that hangs places no more.
    private static final int ORDERS_MAX = 10_000;

    static final String SOLD_OUT = "SOLD-OUT-1";

    /// There is enough of each but the last, of which there is nothing.
    private static final List<String> SKUS =
            List.of("KEYBOARD-1", "MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", SOLD_OUT);

    private final ShopClient client;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Future<Placed>> orders = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
    private int number;

    /// An order that was accepted.
    record Placed(UUID id, String sku, int quantity) {

        boolean isSoldOut() {
            return sku.equals(SOLD_OUT);
        }
    }

    private OrderStream(ShopClient client) {
        this.client = client;
    }

    static OrderStream to(ShopClient client) {
        var stream = new OrderStream(client);
        var _ =
                stream.pace.scheduleAtFixedRate(
                        stream::next, 0, SECONDS.toMicros(1) / PER_SECOND, MICROSECONDS);
        return stream;
    }

    private void next() {
        if (number < ORDERS_MAX) {
            String sku = SKUS.get(number % SKUS.size());
            int quantity = 1 + number / SKUS.size() % 3;
            var _ = orders.add(customers.submit(() -> place(sku, quantity)));
            number++;
        }
    }

    private Placed place(String sku, int quantity) {
        UUID id = client.placeOrder(sku, quantity);
        var _ = accepted.incrementAndGet();
        return new Placed(id, sku, quantity);
    }

    /// Returns when so many orders more than now have been accepted.
    void awaitMore(int count) {
        int enough = accepted.get() + count;
        Eventually.await(count + " more orders are accepted").until(() -> accepted.get() >= enough);
    }

    /// Places no more.
    ///
    /// @return every order, after it has been accepted
    List<Placed> end() throws ExecutionException, InterruptedException {
        pace.close();
        customers.close();
        var placed = new ArrayList<Placed>();
        for (Future<Placed> order : orders) {
            placed.add(order.get());
        }
        return placed;
    }

    @Override
    public void close() {
        var _ = pace.shutdownNow();
        var _ = customers.shutdownNow();
    }
}
