package io.eventshop.messaging.internal.kafka;

import io.eventshop.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/// Declares the topics that this service owns, and checks those that exist already.
///
/// In the background, again and again until it has worked once: a service starts and takes orders
/// while Kafka is down, and its events wait in the outbox. Several instances may declare at once;
/// the broker lets one win.
///
/// What does not fit is logged as an error and turns the health of this part (and of no probe) to
/// DOWN. Nothing is changed by itself: more partitions would break the order per key, and limits
/// may have been set on purpose.
final class OwnedTopics implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(OwnedTopics.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    /// For one attempt; the next one follows anyway.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final List<Topic> topics;
    private final short replication;

    private CountDownLatch stopped = new CountDownLatch(0);
    private volatile @Nullable List<String> objections;

    OwnedTopics(Map<String, Object> connection, List<Topic> topics, short replication) {
        this.settings = new HashMap<>(connection);
        this.topics = topics;
        this.replication = replication;
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    @Override
    public synchronized void start() {
        var running = new CountDownLatch(1);
        stopped = running;
        Thread.ofVirtual().name("owned-topics").start(() -> declareUntilItWorks(running));
    }

    private void declareUntilItWorks(CountDownLatch running) {
        try {
            boolean told = false;
            while (!declare(!told)) {
                told = true;
                if (running.await(RETRY_DELAY.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean declare(boolean tell) throws InterruptedException {
        try (var admin = Admin.create(settings)) {
            var found = new TopicDeclaration(admin, replication).declare(topics);
            found.forEach(log::error);
            objections = found;
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (tell) {
                log.warn("cannot declare the topics yet, trying until it works: {}", e.toString());
            }
            return false;
        }
    }

    /// Unknown until the broker was reached for the first time.
    @Override
    public Health health() {
        List<String> known = objections;
        if (known == null) {
            return Health.unknown().build();
        }
        return known.isEmpty()
                ? Health.up().build()
                : Health.down().withDetail("objections", known).build();
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
    }

    @Override
    public synchronized boolean isRunning() {
        return stopped.getCount() > 0;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
