package io.eventshop.messaging.kafka;

import static java.util.Objects.requireNonNull;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Receiver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/// A member of a consumer group: Spring's container, on a platform thread of its own.
///
/// Offsets are committed when the handler is done with the whole poll; otherwise the container
/// seeks back to its beginning and waits, polling on, so that the partitions stay here however long
/// an outage lasts. What fails in the container itself, such as a commit, is [Redelivery]'s.
record KafkaReceiver(KafkaMessageListenerContainer<byte[], byte[]> container) implements Receiver {

    /// Ten times what the broker may hold a fetch back. When it hangs, the consumer asks without a
    /// pause whether its heartbeat has been answered, and takes a whole core until it gives that up
    /// (KAFKA-21031); Kafka's default is 30 s.
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /// In bytes; what a consumer holds in memory.
    private static final int FETCH_SIZE_MAX = 4 * 1024 * 1024;

    /// While a failed batch waits, its partitions are paused, and a poll takes all of its time:
    /// with the container's 5 s the shortest pause would be that long.
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    /// @param connection where the cluster is and how to log in; all else is set here
    static KafkaReceiver of(
            Consumption consumption,
            BatchHandler handler,
            Map<String, Object> connection,
            MeterRegistry registry) {
        var values = new ClusterAwareDeserializer();
        var consumers =
                new DefaultKafkaConsumerFactory<>(
                        config(consumption, connection), ByteArrayDeserializer::new, () -> values);
        consumers.addListener(new MicrometerConsumerListener<>(registry));
        return of(consumption, handler, values, consumers, registry);
    }

    /// @param values those of the consumers
    static KafkaReceiver of(
            Consumption consumption,
            BatchHandler handler,
            ClusterAwareDeserializer values,
            ConsumerFactory<byte[], byte[]> consumers,
            MeterRegistry registry) {
        var lost = new LostRecords(consumption.group(), registry);
        var topics = consumption.topics().stream().map(Topic::name).toArray(String[]::new);
        var properties = new ContainerProperties(topics);
        properties.setGroupId(consumption.group());
        properties.setAckMode(AckMode.MANUAL);
        properties.setPollTimeout(POLL_TIMEOUT.toMillis());
        properties.setMessageListener(new Handover(handler, values, lost));
        properties.setConsumerRebalanceListener(lost);
        var container = new KafkaMessageListenerContainer<>(consumers, properties);
        container.setCommonErrorHandler(new Redelivery());
        container.setBeanName("inbox-" + consumption.group()); // and its thread's
        return new KafkaReceiver(container);
    }

    static Map<String, Object> config(Consumption consumption, Map<String, Object> connection) {
        long pollInterval = consumption.batchTimeMax().toMillis();
        var config = new HashMap<>(connection);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        // A new group begins at the beginning: what was published before it came counts.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Outboxes write without transactions. Reading only what is committed would stop each
        // consumer, with no lag to be seen, behind a transaction that somebody else leaves open on
        // such a topic. A topic that is written in transactions, as by Kafka Streams, needs
        // read_committed: then this becomes a part of the Consumption.
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, consumption.batchSizeMax());
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_SIZE_MAX);
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(pollInterval));
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        return config;
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public String toString() {
        return String.valueOf(container.getGroupId());
    }

    private record Handover(BatchHandler handler, ClusterAwareDeserializer origin, LostRecords lost)
            implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {

        @Override
        public void onMessage(
                List<ConsumerRecord<byte[], byte[]>> records,
                @Nullable Acknowledgment manual,
                @Nullable Consumer<?, ?> consumer) {
            lost.check(requireNonNull(consumer), records);
            var acknowledgment = requireNonNull(manual, "the container acknowledges manually");
            var batch =
                    records.stream()
                            .map(record -> Deliveries.of(record, origin.cluster()))
                            .toList();
            handler.handle(batch)
                    .ifPresentOrElse(
                            pause -> acknowledgment.nack(0, pause),
                            () -> {
                                acknowledgment.acknowledge();
                                lost.done(records);
                            });
        }
    }
}
