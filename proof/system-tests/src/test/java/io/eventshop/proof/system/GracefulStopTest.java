package io.eventshop.proof.system;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.demo.client.OrderRequest;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.proof.check.ShopLedger;
import io.eventshop.proof.shop.ServiceProcess;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.Shop;
import io.eventshop.testkit.PromisedTime;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An order-service that is told to end while customers order: a deployment on an ordinary day.
@Tag("system")
@Tag("promised-time")
class GracefulStopTest {

    private static final int CUSTOMERS = 4;
    private static final int WAITING = 3;
    private static final int ENOUGH = 20;
    private static final PromisedTime ENDED =
            new PromisedTime("a service that is told to end has ended", Duration.ofSeconds(20));
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();

    /// All of them have a place at once, so that nobody is put off.
    private final Shop shop = Shop.open(1, Map.of("EVENTSHOP_WEB_REQUESTS_MAX", "50"));

    private final ServiceProcess orders = shop.instances(Services.ORDER).getFirst();
    private final ServiceProcess inventory = shop.instances(Services.INVENTORY).getFirst();
    private volatile boolean ordering = true;

    @AfterEach
    void close() {
        ordering = false;
        shop.close();
    }

    @Test
    void what_was_begun_is_finished_and_nothing_accepted_is_lost() throws Exception {
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            var steady = submit(customers, CUSTOMERS, this::keepOrdering);
            await().until(() -> accepted.size() > ENOUGH);
            inventory.signal(Signal.STOP); // so that nothing is settled, and who waits has to wait
            var waiting = submit(customers, WAITING, () -> place("waiting", UUID.randomUUID(), 8));
            await().until(() -> ordersOf("waiting") == WAITING);

            orders.signal(Signal.TERM);

            ENDED.until(() -> !orders.isAlive());
            for (var request : waiting) {
                assertThat(request.get().status()).isEqualTo(202);
            }
            inventory.signal(Signal.CONT);
            orders.launch();
            orders.awaitReady();
            int before = accepted.size();
            await().until(() -> accepted.size() > before + ENOUGH);
            ordering = false;
            for (var customer : steady) {
                var _ = customer.get();
            }
        }

        assertThat(statuses).isSubsetOf(200, 202, 503);
        assertThat(ordersOf("steady")).isEqualTo(accepted.size());
        ShopLedger.of(shop).awaitQuiet();
        ShopLedger.of(shop).assertExact();
    }

    private static <T> List<Future<T>> submit(
            ExecutorService customers, int count, Callable<T> customer) {
        return IntStream.range(0, count).mapToObj(_ -> customers.submit(customer)).toList();
    }

    /// One order after the other, each repeated with its key until it is accepted.
    private boolean keepOrdering() {
        while (ordering) {
            var key = UUID.randomUUID();
            await().pollDelay(Duration.ZERO).pollInterval(PAUSE).until(() -> isAccepted(key));
            accepted.add(key);
        }
        return true;
    }

    /// Who is refused the connection, or loses it before the request was read, comes again.
    private boolean isAccepted(UUID key) throws InterruptedException {
        try {
            int status = place("steady", key, 1).status();
            statuses.add(status);
            return status == 200 || status == 202;
        } catch (IOException e) {
            return false;
        }
    }

    private Answer place(String customer, UUID key, int waitSeconds)
            throws IOException, InterruptedException {
        var order = OrderRequest.of(customer, "a@example.test", Map.of("MOUSE-1", 1));
        return shop.client().orders().place(order, key.toString(), waitSeconds);
    }

    private long ordersOf(String customer) throws SQLException {
        var query = "select count(*) from orders where customer_id = '%s'".formatted(customer);
        return ShopLedger.of(shop).number(Services.ORDER, query);
    }
}
