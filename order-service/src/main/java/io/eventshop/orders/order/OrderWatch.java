package io.eventshop.orders.order;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.background.PeriodicWork;
import io.eventshop.messaging.database.Column;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Wakes those who wait for an order to change: at once if this instance changes it, and within a
/// second if another one settles it.
///
/// For the latter it asks the database once a second for all of them, and not while nobody waits: a
/// shop that is late has the most waiters, and if each looked by itself they would be what makes it
/// later. The query is bounded by how many requests can wait at once, see `Admission`.
@Component
class OrderWatch extends PeriodicWork implements AppendListener {

    private static final Logger log = LoggerFactory.getLogger(OrderWatch.class);

    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

    private final JdbcClient jdbc;

    /// All in one set, and a change looks at each of them: there are at most as many as requests
    /// can wait at once.
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    OrderWatch(JdbcClient jdbc) {
        super("settled-elsewhere", LOOK_AFTER, LOOK_AFTER);
        this.jdbc = jdbc;
    }

    /// Register before reading, or a change between the reading and the waiting is missed.
    Waiter register(UUID orderId) {
        var waiter = new Waiter(orderId);
        waiters.add(waiter);
        return waiter;
    }

    @Override
    public void appended(List<Appended> events) {
        var orderIds =
                events.stream()
                        .map(Appended::event)
                        .filter(OrderEvent.class::isInstance)
                        .map(it -> ((OrderEvent) it).orderId())
                        .collect(toUnmodifiableSet());
        AfterCommit.run(() -> announce(orderIds));
    }

    private void announce(Collection<UUID> changed) {
        waiters.stream()
                .filter(it -> changed.contains(it.orderId))
                .forEach(it -> it.changed.countDown());
    }

    /// Who waits has a deadline of its own; a look that fails is made up for by the next one.
    @Override
    protected void work(BooleanSupplier stopping) {
        var orders = waitedFor();
        if (orders.isEmpty()) {
            return;
        }
        try {
            announce(settled(orders));
        } catch (DataAccessException e) {
            log.debug("could not look for settled orders", e);
        }
    }

    Set<UUID> waitedFor() {
        return waiters.stream().map(it -> it.orderId).collect(toUnmodifiableSet());
    }

    private List<UUID> settled(Set<UUID> orderIds) {
        return jdbc.sql(
                        """
                        select id
                        from orders
                        where id = any (cast(:ids as uuid[]))
                          and status <> 'PENDING'
                        """)
                .param("ids", Column.of(orderIds, UUID::toString))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
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

        @Override
        public void close() {
            waiters.remove(this);
        }
    }
}
