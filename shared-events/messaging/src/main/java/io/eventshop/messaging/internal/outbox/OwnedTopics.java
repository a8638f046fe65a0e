package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.background.Pause;
import io.eventshop.messaging.background.Step;
import io.eventshop.messaging.transport.Broker;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Declares the topics that this service owns, and checks those that exist already.
///
/// In the background, again and again for as long as the service runs. A service starts and takes
/// orders while the broker is down, and its events wait in the outbox; they also wait while a topic
/// that somebody has deleted is missing, and go on when it has been declared again. Several
/// instances may declare at once; the broker lets one win.
///
/// What does not fit is logged as an error when it is first seen and turns the health of this part
/// (and of no probe) to DOWN until it fits. Nothing is changed by itself: more partitions would
/// break the order per key, and limits may have been set on purpose.
final class OwnedTopics implements Step, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(OwnedTopics.class);

    /// Between two declarations: how long a topic may be missing, or wrong, unnoticed. Once more as
    /// long passes until it is made again.
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /// After the broker has not answered.
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final Broker broker;
    private final List<Topic> topics;
    private final int replication;

    /// Once it is known how the topics are, or logged that it is not.
    private boolean hasReported;

    private List<String> objections = List.of();
    private volatile @Nullable Thread asking;
    private volatile Health health = Health.unknown().build();

    OwnedTopics(Broker broker, List<Topic> topics, int replication) {
        this.broker = broker;
        this.topics = topics;
        this.replication = replication;
    }

    @Override
    public Pause run(BooleanSupplier stopping) throws InterruptedException {
        asking = Thread.currentThread();
        try {
            show(broker.declare(topics, replication));
            return Pause.of(INTERVAL);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Later the relay says that the broker is away.
            if (!hasReported) {
                log.warn("cannot declare the topics yet, trying until it works: {}", e.toString());
            }
            hasReported = true;
            return Pause.of(RETRY_DELAY);
        } finally {
            asking = null;
        }
    }

    private void show(List<String> found) {
        found.stream().filter(one -> !objections.contains(one)).forEach(log::error);
        if (found.isEmpty() && !objections.isEmpty()) {
            log.info("the topics are as they should be again");
        }
        objections = found;
        hasReported = true;
        health =
                found.isEmpty()
                        ? Health.up().build()
                        : Health.down().withDetail("objections", found).build();
    }

    @Override
    public void close() {
        Thread waiting = asking;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /// As the broker last answered; unknown until it did for the first time.
    @Override
    public Health health() {
        return health;
    }
}
