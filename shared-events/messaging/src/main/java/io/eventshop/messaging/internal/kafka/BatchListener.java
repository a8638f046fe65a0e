package io.eventshop.messaging.internal.kafka;

import static io.eventshop.messaging.internal.inbox.InboxProperties.RETRY_DELAY_MIN;
import static java.util.Objects.requireNonNull;

import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.BatchUnfinishedException;
import io.eventshop.messaging.internal.inbox.Inbox;
import io.eventshop.messaging.internal.inbox.InboxProperties;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/// Hands polls to the inbox. Offsets are committed when the inbox is done with the whole poll;
/// otherwise the container seeks back to its beginning and waits, polling on, so that the
/// partitions stay here however long an outage lasts.
///
/// The inbox's failures are answered here and never reach the container's error handling, which
/// would skip records in the end, or commit the offsets of a batch that was rolled back.
final class BatchListener implements BatchAcknowledgingMessageListener<byte[], byte[]> {

    private static final Logger log = LoggerFactory.getLogger(BatchListener.class);

    private final Inbox inbox;
    private final Subscription<?> subscription;
    private final Supplier<String> cluster;
    private final ExponentialBackOff backOff;
    private BackOffExecution pauses;

    BatchListener(
            Inbox inbox,
            Subscription<?> subscription,
            Supplier<String> cluster,
            InboxProperties properties) {
        this.inbox = inbox;
        this.subscription = subscription;
        this.cluster = cluster;
        this.backOff = new ExponentialBackOff(RETRY_DELAY_MIN.toMillis(), 2);
        this.backOff.setMaxInterval(properties.retryDelayMax().toMillis());
        this.pauses = backOff.start();
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records, @Nullable Acknowledgment manual) {
        var acknowledgment = requireNonNull(manual, "the container acknowledges manually");
        var deliveries =
                records.stream().map(record -> Deliveries.of(record, cluster.get())).toList();
        try {
            inbox.receive(subscription, deliveries);
            acknowledgment.acknowledge();
            pauses = backOff.start();
        } catch (BatchUnfinishedException unfinished) {
            log.warn("{}: {}", subscription.name(), unfinished.getMessage());
            acknowledgment.nack(0, RETRY_DELAY_MIN);
        } catch (RuntimeException failure) {
            var pause = Duration.ofMillis(pauses.nextBackOff());
            // The inbox has said of which event, and with its trace.
            log.warn(
                    "{}: a batch failed, again in {}: {}",
                    subscription.name(),
                    pause,
                    failure.toString());
            acknowledgment.nack(0, pause);
        }
    }
}
