package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.background.PeriodicWork;
import io.eventshop.messaging.transport.Broker;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets processed events that can no longer be read from their topics, a bounded number at a
/// time.
///
/// Refuses to start when a record could outlive the memory of it. A topic that is kept for ever
/// always does; its consumers have to recognise what is old by the aggregate's version, as copies
/// do.
final class ProcessedMessageCleaner extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(ProcessedMessageCleaner.class);

    /// Rows one statement deletes: locks and WAL come in small pieces.
    private static final int BATCH_SIZE = 1000;

    /// Statements a cleaning: 100,000 rows.
    private static final int BATCHES_MAX = 100;

    private final ProcessedMessages processed;
    private final InboxProperties properties;

    /// @throws IllegalArgumentException if the retention is too short for one of the subscriptions
    ProcessedMessageCleaner(
            ProcessedMessages processed,
            InboxProperties properties,
            Consumers consumers,
            Broker broker) {
        super("inbox-cleaner", properties.cleaningInterval(), properties.cleaningInterval());
        this.processed = processed;
        this.properties = properties;
        consumers.byName().values().stream()
                .flatMap(subscription -> subscription.topics().stream())
                .forEach(topic -> checkRetention(topic, broker.capabilities().outlivesRetention()));
    }

    private void checkRetention(Topic topic, Duration outlives) {
        Duration memory = properties.processedRetention();
        if (topic.retention() == null) {
            return;
        }
        Duration life = topic.retention().plus(outlives);
        if (memory.compareTo(life) <= 0) {
            throw new IllegalArgumentException(
                    "eventshop.inbox.processed-retention has to be longer than %s, the retention of %s and what the broker keeps beyond it, not %s"
                            .formatted(life, topic.name(), memory));
        }
    }

    /// Deletes batch by batch until nothing old is left or the limit for one cleaning is reached.
    @Override
    protected void work(BooleanSupplier stopping) {
        log.debug("{} processed messages forgotten", clean(BATCH_SIZE, BATCHES_MAX, stopping));
    }

    /// @return how many rows were deleted
    int clean(int batchSize, int batchesMax, BooleanSupplier stopping) {
        int cleaned = 0;
        for (int batch = 0; batch < batchesMax && !stopping.getAsBoolean(); batch++) {
            int rows = processed.clean(properties.processedRetention(), batchSize);
            cleaned += rows;
            if (rows < batchSize) {
                break;
            }
        }
        return cleaned;
    }
}
