package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.orders.Shop.customer;
import static io.eventshop.orders.Shop.order;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.orders.Answer;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.web.limits.Admission;
import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `Prefer: wait`: who would rather wait than ask again.
@OrderServiceTest
class WaitingTest {

    private static final int MORE_THAN_CAN_WAIT = 2_000;

    @Autowired Shop shop;
    @Autowired InboxProbe inbox;
    @Autowired OrderWatch watch;
    @Autowired Admission admission;
    @Autowired DataSource dataSource;
    @Autowired JdbcClient jdbc;
    @Autowired EntityManagerFactory entityManagerFactory;

    @Test
    void an_answer_that_comes_in_time_is_the_answer() {
        var customer = customer();
        var request = waitingFor(10, customer);

        inbox.delivers(reserved(placedBy(customer)));

        var answer = request.join();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/" + answer.id());
        assertThat(answer.text("/status")).isEqualTo("CONFIRMED");
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void a_rejection_is_a_final_answer_too() {
        var customer = customer();
        var request = waitingFor(10, customer);

        inbox.delivers(rejected(placedBy(customer)));

        assertThat(request.join().status()).isEqualTo(200);
        assertThat(request.join().text("/reason")).isEqualTo("OUT_OF_STOCK");
    }

    @Test
    void no_answer_in_time_is_an_order_that_was_taken() {
        var answer = shop.places(order(customer(), "MOUSE-1"), "Prefer", "wait=1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isNull();
        assertThat(answer.text("/status")).isEqualTo("PENDING");
        assertThat(watch.waitedFor()).isEmpty();
    }

    /// Another instance changes the row and wakes nobody here.
    @Test
    void an_answer_that_another_instance_handled_is_seen_within_a_second_or_so() {
        var customer = customer();
        var before = System.nanoTime();
        var request = waitingFor(10, customer);
        var placed = placedBy(customer);
        await().until(() -> watch.waitedFor().size() == 1);

        confirmElsewhere(placed);

        assertThat(request.join().text("/status")).isEqualTo("CONFIRMED");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("seen before the request's own time was up")
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void who_waits_looks_no_more_until_there_is_something_to_see() {
        var customer = customer();
        var requests = IntStream.range(0, 10).mapToObj(_ -> waitingFor(10, customer)).toList();
        await().until(() -> watch.waitedFor().size() == 10 && connectionsInUse() == 0);
        var looks = statistics().getPrepareStatementCount();

        await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);

        assertThat(statistics().getPrepareStatementCount()).isEqualTo(looks);
        watch.waitedFor().forEach(this::confirmElsewhere);
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.join().status()).isEqualTo(200));
        assertThat(statistics().getPrepareStatementCount()).isEqualTo(looks + 10);
    }

    @Test
    void who_waits_holds_neither_a_connection_nor_a_place() {
        var free = admission.free();
        var customer = customer();
        var requests = IntStream.range(0, 5).mapToObj(_ -> waitingFor(10, customer)).toList();
        await().until(() -> watch.waitedFor().size() == 5);

        await().until(() -> admission.free() == free && connectionsInUse() == 0);

        shop.get("/api/v1/orders?customerId=" + customer)
                .json()
                .at("/items")
                .forEach(item ->
                        inbox.delivers(reserved(UUID.fromString(item.at("/id").asString()))));
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.join().status()).isEqualTo(200));
        assertThat(admission.free()).isEqualTo(free);
    }

    @Test
    void where_too_many_wait_an_order_is_taken_at_once() throws Exception {
        var go = new CountDownLatch(1);
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (int i = 0; i < MORE_THAN_CAN_WAIT; i++) {
                    var _ = others.submit(() -> admission.whileWaiting(() -> awaits(go), false));
                }
                await().until(() -> !admission.whileWaiting(() -> true, false));

                var answer = shop.places(order(customer(), "MOUSE-1"), "Prefer", "wait=10");

                assertThat(answer.status()).isEqualTo(202);
                assertThat(answer.header("Preference-Applied")).isNull();
                assertThat(answer.text("/status")).isEqualTo("PENDING");
                assertThat(watch.waitedFor()).isEmpty();
            } finally {
                go.countDown();
            }
        }
    }

    private static boolean awaits(CountDownLatch go) throws InterruptedException {
        go.await();
        return true;
    }

    /// Counts no event, as none is appended.
    private void confirmElsewhere(UUID order) {
        int _ =
                jdbc.sql(
                                """
                                update orders
                                set status = 'CONFIRMED', version = version + 1
                                where id = :id
                                """)
                        .param("id", order)
                        .update();
    }

    private CompletableFuture<Answer> waitingFor(int seconds, String customer) {
        return CompletableFuture.supplyAsync(
                () -> shop.places(order(customer, "MOUSE-1"), "Prefer", "wait=" + seconds),
                task -> {
                    var _ = Thread.ofPlatform().start(task);
                });
    }

    private UUID placedBy(String customer) {
        await().until(() -> !ordersOf(customer).isEmpty());
        return UUID.fromString(ordersOf(customer).at("/0/id").asString());
    }

    private tools.jackson.databind.JsonNode ordersOf(String customer) {
        return shop.get("/api/v1/orders?customerId=" + customer).json().at("/items");
    }

    private int connectionsInUse() {
        try {
            var pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            return pool.getActiveConnections();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of Hibernate, which reads orders; not of the one look for all.
    private Statistics statistics() {
        return entityManagerFactory.unwrap(SessionFactory.class).getStatistics();
    }
}
