package io.eventshop.messaging.outbox;

import io.eventshop.messaging.outbox.ShardQueue.Queued;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// The outbox in numbers. What a pass reports costs it no query; what only the database knows is
/// asked for when somebody scrapes, and remembered for a few seconds. Unknown is NaN, never zero.
final class OutboxMeters {

    private static final Duration STATE_FRESH = Duration.ofSeconds(5);

    private final Supplier<OutboxState> stateOfDatabase;
    private final Counter published;
    private final Counter failedPasses;
    private final Timer latency;

    private @Nullable OutboxState state;
    private long stateRead;

    OutboxMeters(MeterRegistry registry, Supplier<OutboxState> stateOfDatabase) {
        this.stateOfDatabase = stateOfDatabase;
        published =
                Counter.builder("eventshop.outbox.published")
                        .description("Events that the broker acknowledged, repetitions included")
                        .register(registry);
        failedPasses =
                Counter.builder("eventshop.outbox.failed.passes")
                        .description("Passes that ended without an answer for some event")
                        .register(registry);
        latency =
                Timer.builder("eventshop.outbox.publish.latency")
                        .description("From append to acknowledgement")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofMinutes(1))
                        .register(registry);
        gauge(registry, "backlog", "Events that are not published yet", OutboxState::backlog);
        gauge(registry, "parked", "Keys that wait for a person", OutboxState::parkedKeys);
        gauge(
                registry,
                "oldest.age.seconds",
                "Age of the oldest event that could be published",
                state -> state.oldestAge().toMillis() / 1000.0);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<OutboxState> value) {
        Gauge.builder("eventshop.outbox." + name, () -> read(value))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private synchronized double read(ToDoubleFunction<OutboxState> value) {
        OutboxState known = state;
        if (known == null || System.nanoTime() - stateRead > STATE_FRESH.toNanos()) {
            known = readFromDatabase();
            state = known;
            stateRead = System.nanoTime();
        }
        return known == null ? Double.NaN : value.applyAsDouble(known);
    }

    private @Nullable OutboxState readFromDatabase() {
        try {
            return stateOfDatabase.get();
        } catch (DataAccessException | TransactionException e) {
            return null;
        }
    }

    void published(List<Queued> rows, long nanosSinceSelect) {
        published.increment(rows.size());
        for (Queued row : rows) {
            latency.record(row.age().plusNanos(nanosSinceSelect));
        }
    }

    void passFailed() {
        failedPasses.increment();
    }
}
