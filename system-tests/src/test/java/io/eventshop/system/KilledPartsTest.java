package io.eventshop.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every service runs twice, customers keep ordering, and each part in turn is killed with `kill
/// -9` and started again.
@Tag("system")
class KilledPartsTest {

    private static final int CUSTOMERS = 4;
    private static final Duration DOWN = Duration.ofSeconds(3);

    private static Shop shop;

    private final Queue<UUID> accepted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean open = new AtomicBoolean(true);

    @BeforeAll
    static void open() {
        shop = Shop.open(2, Map.of());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void every_accepted_order_ends_and_stock_is_exact_whatever_is_killed() throws Exception {
        var orderings = new ArrayList<Future<?>>();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CUSTOMERS; i++) {
                int customer = i;
                orderings.add(customers.submit(() -> keepOrdering(customer)));
            }
            awaitOrders(20);

            for (ServiceProcess service : shop.services()) {
                service.kill();
                service.launch();
                awaitOrders(5);
                service.awaitReady();
            }
            for (Server server : List.of(shop.kafka(), shop.postgres(), shop.kafka())) {
                server.kill();
                pass(DOWN);
                server.start();
                awaitOrders(10);
            }
            open.set(false);
        }
        for (var ordering : orderings) {
            var _ = ordering.get();
        }
        shop.services().forEach(ServiceProcess::awaitReady);

        assertThat(accepted).hasSizeGreaterThan(50);
        for (UUID order : accepted) {
            assertThat(shop.client().awaitFinal(order, Duration.ofSeconds(60)))
                    .isIn("CONFIRMED", "REJECTED", "CANCELLED");
        }
        shop.ledger().awaitQuiet();
        shop.ledger().assertExact();
        assertThat(shop.ledger().number(Service.ORDER, "select count(*) from orders"))
                .as("a repeated request with the same key made no second order")
                .isEqualTo(accepted.size());
    }

    private Void keepOrdering(int customer) {
        var client = shop.client();
        for (int i = 0; open.get(); i++) {
            UUID order =
                    client.placeOrder(
                            List.of("KEYBOARD-1", "MOUSE-1", "SOLD-OUT-1", "DESK-1").get(i % 4),
                            1 + customer);
            accepted.add(order);
            if (i % 5 == 0) {
                var _ = client.awaitFinal(order, Duration.ofMinutes(3));
                if (i % 4 != 2) {
                    client.cancel(order);
                }
            }
        }
        return null;
    }

    private void awaitOrders(int more) {
        int goal = accepted.size() + more;
        org.awaitility.Awaitility.await(more + " more orders")
                .atMost(Duration.ofMinutes(3))
                .until(() -> accepted.size() >= goal);
    }

    /// Lets time pass while the customers go on: the outage itself is what is tested.
    private static void pass(Duration time) throws InterruptedException {
        var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
