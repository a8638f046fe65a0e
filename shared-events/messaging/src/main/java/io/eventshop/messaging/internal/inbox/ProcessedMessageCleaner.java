package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Forgets processed events that can no longer be read from their topics, a bounded number at a
/// time.
///
/// Refuses to start when a record could outlive the memory of it. A topic that is kept for ever
/// always does; its consumers have to recognise what is old by the aggregate's version, as copies
/// do.
final class ProcessedMessageCleaner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ProcessedMessageCleaner.class);

    private final ProcessedMessages processed;
    private final InboxProperties properties;
    private @Nullable ScheduledExecutorService executor;

    /// @throws IllegalArgumentException if the retention is too short for one of the subscriptions
    ProcessedMessageCleaner(
            ProcessedMessages processed,
            InboxProperties properties,
            List<Subscription> subscriptions) {
        this.processed = processed;
        this.properties = properties;
        subscriptions.stream()
                .flatMap(subscription -> subscription.topics().stream())
                .forEach(this::checkRetention);
    }

    private void checkRetention(Topic topic) {
        Duration retention = topic.retention();
        if (retention != null
                && properties
                                .processedRetention()
                                .compareTo(retention.plus(properties.segmentTime()))
                        <= 0) {
            throw new IllegalArgumentException(
                    "eventshop.inbox.processed-retention has to be longer than the retention of "
                            + topic.name()
                            + " and its segment-time together, not "
                            + properties.processedRetention());
        }
    }

    /// Deletes batch by batch until nothing old is left or the limit for one cleaning is reached.
    ///
    /// @return how many rows were deleted
    int clean() {
        int cleaned = 0;
        for (int batch = 0; batch < properties.cleaningBatchesMax(); batch++) {
            int rows =
                    processed.clean(
                            properties.processedRetention(), properties.cleaningBatchSize());
            cleaned += rows;
            if (rows < properties.cleaningBatchSize()) {
                break;
            }
        }
        return cleaned;
    }

    private void cleanAndGoOn() {
        try {
            log.debug("{} processed messages forgotten", clean());
        } catch (RuntimeException e) {
            log.warn("cleaning processed messages failed, goes on later", e);
        }
    }

    @Override
    public synchronized void start() {
        long interval = properties.cleaningInterval().toMillis();
        executor =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("inbox-cleaner").daemon().factory());
        var _ =
                executor.scheduleWithFixedDelay(
                        this::cleanAndGoOn, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
