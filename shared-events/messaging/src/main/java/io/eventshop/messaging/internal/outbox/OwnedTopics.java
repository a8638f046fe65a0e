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
/// In the background, again and again until it has worked once: a service starts and takes orders
/// while the broker is down, and its events wait in the outbox. Several instances may declare at
/// once; the broker lets one win.
///
/// What does not fit is logged as an error and turns the health of this part (and of no probe) to
/// DOWN. Nothing is changed by itself: more partitions would break the order per key, and limits
/// may have been set on purpose.
final class OwnedTopics implements Step, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(OwnedTopics.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final Broker broker;
    private final List<Topic> topics;
    private final int replication;

    private boolean hasFailed;
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
            var objections = broker.declare(topics, replication);
            objections.forEach(log::error);
            health =
                    objections.isEmpty()
                            ? Health.up().build()
                            : Health.down().withDetail("objections", objections).build();
            return Pause.FOR_EVER;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (!hasFailed) {
                log.warn("cannot declare the topics yet, trying until it works: {}", e.toString());
            }
            hasFailed = true;
            return Pause.of(RETRY_DELAY);
        } finally {
            asking = null;
        }
    }

    @Override
    public void close() {
        Thread waiting = asking;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /// Unknown until the broker was reached for the first time.
    @Override
    public Health health() {
        return health;
    }
}
