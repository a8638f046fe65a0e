package io.eventshop.orders.order;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Wakes those who wait for an order to change, if this instance changes it. It is a courtesy and
/// no promise: a change by another instance wakes nobody, so whoever waits also looks again by
/// itself.
@Component
class OrderWatch {

    private final ConcurrentMap<UUID, Set<Waiter>> waiters = new ConcurrentHashMap<>();

    /// Register before reading, or a change between the reading and the waiting is missed.
    Waiter register(UUID orderId) {
        var waiter = new Waiter(orderId);
        waiters.compute(
                orderId,
                (_, others) -> {
                    var all = others == null ? ConcurrentHashMap.<Waiter>newKeySet() : others;
                    all.add(waiter);
                    return all;
                });
        return waiter;
    }

    void announceAfterCommit(UUID orderId) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        waiters.getOrDefault(orderId, Set.of()).forEach(Waiter::wake);
                    }
                });
    }

    int waiting() {
        return waiters.size();
    }

    final class Waiter implements AutoCloseable {

        private final UUID orderId;
        private final Semaphore changes = new Semaphore(0);

        private Waiter(UUID orderId) {
            this.orderId = orderId;
        }

        /// Returns at a change or after the time, whichever comes first.
        void await(Duration time) throws InterruptedException {
            if (changes.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        }

        private void wake() {
            changes.release();
        }

        @Override
        public void close() {
            waiters.computeIfPresent(
                    orderId,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }
}
