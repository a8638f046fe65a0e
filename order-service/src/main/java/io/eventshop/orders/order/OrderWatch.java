package io.eventshop.orders.order;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Wakes those who wait for an order to change: at once if this instance changes it, and when
/// [SettledElsewhere] notices it if another one does.
@Component
class OrderWatch {

    /// All in one set, and a change looks at each of them: there are at most as many as requests
    /// can wait at once, `server.tomcat.max-connections`.
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    /// Register before reading, or a change between the reading and the waiting is missed.
    Waiter register(UUID orderId) {
        var waiter = new Waiter(orderId);
        waiters.add(waiter);
        return waiter;
    }

    void announceAfterCommit(UUID orderId) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        wake(orderId);
                    }
                });
    }

    void wake(UUID orderId) {
        waiters.stream().filter(it -> it.orderId.equals(orderId)).forEach(Waiter::wake);
    }

    Set<UUID> waitedFor() {
        return waiters.stream().map(it -> it.orderId).collect(toUnmodifiableSet());
    }

    final class Waiter implements AutoCloseable {

        private final UUID orderId;
        private final CountDownLatch changed = new CountDownLatch(1);

        private Waiter(UUID orderId) {
            this.orderId = orderId;
        }

        /// Returns at a change since the registration or after the time, whichever comes first.
        void await(Duration time) throws InterruptedException {
            var _ = changed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void wake() {
            changed.countDown();
        }

        @Override
        public void close() {
            waiters.remove(this);
        }
    }
}
