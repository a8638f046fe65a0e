package io.eventshop.messaging.internal.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Stops a consumer when the events are not to blame: a failure that many keys share is an outage,
/// e.g. of a table that is missing, and would otherwise make a dead letter of every event.
///
/// It opens when as many different keys in a row have failed in a handler with one fingerprint, and
/// none has succeeded in between. All but the last of them are dead letters by then. While it is
/// open nothing becomes one; single events are tried, and the first that succeeds, be it a replay,
/// closes it. Records that cannot be read do not count: no handler has seen them.
///
/// In memory, for each consumer of this instance: after a restart it counts anew, which costs a few
/// more dead letters. After Nygard, Release It! (Circuit Breaker).
final class Breaker implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(Breaker.class);

    private static final int KEYS_MAX = 5;

    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    Breaker(MeterRegistry registry, Consumers consumers) {
        for (String consumer : consumers.byName().keySet()) {
            Gauge.builder(
                            "eventshop.inbox.stopped",
                            run(consumer),
                            run -> run.reason == null ? 0 : 1)
                    .description("1 while whatever the consumer applies fails alike")
                    .tag("consumer", consumer)
                    .register(registry);
        }
    }

    boolean isOpen(String consumer) {
        return run(consumer).reason != null;
    }

    /// Counts a failure in a handler.
    ///
    /// @return whether the consumer is to stop: then nothing is to be buried
    boolean failed(Incoming incoming, Failure failure) {
        return run(incoming.consumer()).failed(incoming.sequence(), failure);
    }

    void succeeded(String consumer) {
        run(consumer).succeeded();
    }

    /// Which of the keys at hand is tried next, while it is open.
    int nextProbe(String consumer) {
        return run(consumer).nextProbe();
    }

    private Run run(String consumer) {
        return runs.computeIfAbsent(consumer, Run::new);
    }

    @Override
    public Health health() {
        var health = Health.up();
        runs.forEach((consumer, run) -> {
            String reason = run.reason;
            if (reason != null) {
                var _ =
                        health.down()
                                .withDetail(
                                        consumer,
                                        "has stopped, because whatever it applies fails alike: "
                                                + reason);
            }
        });
        return health.build();
    }

    /// Failures of one consumer in a row. Its own thread counts them; a success may be a replay's.
    private static final class Run {

        private final String consumer;
        private final Set<Sequence> keys = new HashSet<>();
        private String fingerprint = "";
        private int probes;

        /// Null while the consumer runs.
        private volatile @Nullable String reason;

        Run(String consumer) {
            this.consumer = consumer;
        }

        synchronized boolean failed(Sequence key, Failure failure) {
            if (reason != null) {
                return true;
            }
            if (!fingerprint.equals(failure.fingerprint())) {
                keys.clear();
                fingerprint = failure.fingerprint();
            }
            var _ = keys.add(key);
            if (keys.size() < KEYS_MAX) {
                return false;
            }
            reason = failure.reason();
            log.error(
                    "{} has stopped: {} different keys in a row have failed alike, so it is not the events' fault. It tries one from time to time and goes on when that succeeds. {}: {}",
                    consumer,
                    KEYS_MAX,
                    fingerprint,
                    reason);
            return true;
        }

        synchronized void succeeded() {
            keys.clear();
            if (reason != null) {
                reason = null;
                log.info("{} goes on: an event has been applied", consumer);
            }
        }

        synchronized int nextProbe() {
            return probes++;
        }
    }
}
