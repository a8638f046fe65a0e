package io.eventshop.messaging.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/// What becomes of a batch whose offsets could not be committed: it comes again.
///
/// Spring's own handler would call the listener again and commit whatever that answers, also that
/// the batch has to wait: it would be lost.
final class Redelivery implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(Redelivery.class);

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    @Override
    public boolean isAckAfterHandle() {
        return false;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> batch,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable listener) {
        log.warn("{}: a batch comes again: {}", container.getGroupId(), thrown.toString());
        for (TopicPartition partition : batch.partitions()) {
            try {
                consumer.seek(partition, batch.records(partition).getFirst().offset());
            } catch (IllegalStateException e) {
                // It belongs to another instance now, which begins with what was committed.
                log.debug("{} is gone", partition, e);
            }
        }
    }

    /// E.g. a poll that was not allowed; it is repeated.
    @Override
    public void handleOtherException(
            Exception thrown,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            boolean batchListener) {
        log.warn("{}: Kafka's consumer failed", container.getGroupId(), thrown);
    }
}
