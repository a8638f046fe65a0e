package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.database.DatabaseReading;
import io.eventshop.messaging.internal.outbox.ShardQueue.Queued;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The outbox in numbers. What a pass reports costs it no query; the rest is a [DatabaseReading].
final class OutboxMeters {

    private final DatabaseReading<OutboxState> state;
    private final Counter published;
    private final Counter failedPasses;
    private final Timer latency;

    OutboxMeters(MeterRegistry registry, RelayPool pool) {
        state = new DatabaseReading<>(() -> OutboxState.read(pool.dataSource()));
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
                OutboxState::oldestAgeSeconds);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<OutboxState> value) {
        Gauge.builder("eventshop.outbox." + name, () -> state.value(value))
                .description(description)
                .strongReference(true)
                .register(registry);
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
