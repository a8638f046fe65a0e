package io.eventshop.messaging.internal.inbox;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.eventshop.messaging.database.DatabaseReading;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

/// `eventshop.inbox.*`, by consumer: how many events were handled, duplicates, conflicting,
/// ignored, dead, parked, waiting for a lock; how many batches had to go event by event; how long
/// an event took from its making to the commit of its effect; and how many dead letters are open
/// and keys blocked right now, which is a [DatabaseReading].
///
/// Each consumer's meters are there from the start, at zero: an alarm on a meter that comes into
/// being with the first dead letter misses that one.
final class InboxMeters {

    /// Far longer than any retention that a latency is worth measuring for.
    private static final Duration LATENCY_MAX = Duration.ofDays(365);

    private static final String FAILED_BATCHES = "failed.batches";

    private final MeterRegistry registry;
    private final Clock clock;

    InboxMeters(
            MeterRegistry registry,
            Clock clock,
            DeadLetters deadLetters,
            BlockedKeys blockedKeys,
            Consumers consumers) {
        this.registry = registry;
        this.clock = clock;
        var waiting =
                new DatabaseReading<>(
                        () -> new Waiting(deadLetters.countOpen(), blockedKeys.count()));
        Gauge.builder(
                        "eventshop.inbox.deadletters.open",
                        () -> waiting.value(it -> it.open().letters()))
                .description("Events that wait to be replayed or discarded")
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "eventshop.inbox.waiting.open",
                        () -> waiting.value(it -> it.open().waiting()))
                .description("Events that wait for a lock, and those behind them")
                .strongReference(true)
                .register(registry);
        Gauge.builder("eventshop.inbox.keys.blocked", () -> waiting.value(Waiting::keys))
                .description("Keys whose events wait behind a dead letter")
                .strongReference(true)
                .register(registry);
        for (String consumer : consumers.byName().keySet()) {
            for (Fate fate : Fate.values()) {
                var _ = counter(consumer, fate.meter);
            }
            var _ = latency(consumer);
            var _ = counter(consumer, FAILED_BATCHES);
        }
    }

    private record Waiting(DeadLetters.Count open, int keys) {}

    void count(Incoming incoming, Fate fate) {
        counter(incoming.consumer(), fate.meter).increment();
        if (fate == Fate.HANDLED && incoming.content() instanceof Decoded decoded) {
            // Within bounds: a foreign producer's time may lie further away than a timer can count,
            // and the effect is committed.
            var age = Duration.between(decoded.metadata().time(), clock.instant());
            long nanos = Math.clamp(NANOSECONDS.convert(age), 0, LATENCY_MAX.toNanos());
            latency(incoming.consumer()).record(nanos, NANOSECONDS);
        }
    }

    /// A batch goes again, event by event: an event of it failed, or what only fails together.
    void batchFailed(String consumer) {
        counter(consumer, FAILED_BATCHES).increment();
    }

    private Counter counter(String consumer, String meter) {
        return registry.counter("eventshop.inbox." + meter, "consumer", consumer);
    }

    private Timer latency(String consumer) {
        return Timer.builder("eventshop.inbox.latency")
                .description("From the making of an event to the commit of its effect")
                .tag("consumer", consumer)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }
}
