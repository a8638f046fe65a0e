package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.database.DatabaseReading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// `eventshop.inbox.*`, by consumer: how many events were handled, duplicates, ignored, dead,
/// parked; how long an event took from its making to the commit of its effect; and how many dead
/// letters are open and keys blocked right now, which is a [DatabaseReading].
///
/// Each consumer's meters are there from the start, at zero: an alarm on a meter that comes into
/// being with the first dead letter misses that one.
final class InboxMeters {

    /// Far longer than any retention that a latency is worth measuring for.
    private static final Duration LATENCY_MAX = Duration.ofDays(365);

    private final MeterRegistry registry;
    private final Clock clock;

    InboxMeters(
            MeterRegistry registry,
            Clock clock,
            DeadLetters deadLetters,
            BlockedKeys blockedKeys,
            List<String> consumers) {
        this.registry = registry;
        this.clock = clock;
        var waiting =
                new DatabaseReading<>(
                        () -> new Waiting(deadLetters.countOpen(), blockedKeys.count()));
        Gauge.builder("eventshop.inbox.deadletters.open", () -> waiting.value(Waiting::letters))
                .description("Events that wait to be replayed or discarded")
                .strongReference(true)
                .register(registry);
        Gauge.builder("eventshop.inbox.keys.blocked", () -> waiting.value(Waiting::keys))
                .description("Keys whose events wait behind a dead letter")
                .strongReference(true)
                .register(registry);
        for (String consumer : consumers) {
            for (Fate fate : Fate.values()) {
                var _ = counter(consumer, fate);
            }
            var _ = latency(consumer);
        }
    }

    private record Waiting(int letters, int keys) {}

    void count(String consumer, Fate fate) {
        counter(consumer, fate).increment();
    }

    void handled(String consumer, EventMetadata metadata) {
        count(consumer, Fate.HANDLED);
        latency(consumer).record(age(metadata.time()));
    }

    private Counter counter(String consumer, Fate fate) {
        return registry.counter("eventshop.inbox." + name(fate), "consumer", consumer);
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

    /// Within bounds: a foreign producer's time may lie further away than a timer can count, and
    /// the effect is committed.
    private Duration age(Instant made) {
        var age = Duration.between(made, clock.instant());
        if (age.isNegative()) {
            return Duration.ZERO;
        }
        return age.compareTo(LATENCY_MAX) < 0 ? age : LATENCY_MAX;
    }

    private static String name(Fate fate) {
        return switch (fate) {
            case HANDLED -> "handled";
            case DUPLICATE -> "duplicates";
            case IGNORED -> "ignored";
            case DEAD -> "dead";
            case PARKED -> "parked";
        };
    }
}
