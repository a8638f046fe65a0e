package io.eventshop.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.messaging.Appended;
import io.eventshop.orders.Inventory;
import io.eventshop.testkit.Fact;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class OrderWatchTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final OrderWatch watch = new OrderWatch(JdbcClient.create(new JdbcTemplate()));
    private final UUID order = UUID.randomUUID();

    @BeforeEach
    void beginTransaction() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void endTransaction() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    @Test
    void a_change_between_registering_and_waiting_is_not_missed() throws Exception {
        try (var waiter = watch.register(order)) {
            appended(order);
            commit();

            assertThat(timeOf(() -> waiter.await(LONG))).isLessThan(LONG);
        }
    }

    @Test
    void nobody_is_woken_before_the_commit_or_by_another_order() throws Exception {
        try (var waiter = watch.register(order)) {
            appended(UUID.randomUUID());
            commit();
            appended(order);

            var patience = Duration.ofMillis(50);
            assertThat(timeOf(() -> waiter.await(patience))).isGreaterThanOrEqualTo(patience);
        }
    }

    @Test
    void who_has_gone_is_forgotten() {
        var first = watch.register(order);
        var second = watch.register(order);

        first.close();
        assertThat(watch.waitedFor()).containsExactly(order);
        second.close();

        assertThat(watch.waitedFor()).isEmpty();
    }

    private static void commit() {
        TransactionSynchronizationManager.getSynchronizations()
                .forEach(TransactionSynchronization::afterCommit);
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private void appended(UUID orderId) {
        var fact = Fact.of(new OrderConfirmed(orderId));
        watch.appended(List.of(new Appended(fact.event(), Inventory.metadata(fact))));
    }

    private static Duration timeOf(Waiting waiting) throws InterruptedException {
        var start = System.nanoTime();
        waiting.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
