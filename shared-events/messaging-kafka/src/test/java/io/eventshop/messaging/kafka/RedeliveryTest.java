package io.eventshop.messaging.kafka;

import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

class RedeliveryTest {

    private final Topic topic =
            new Topic("redelivery-" + UUID.randomUUID(), "test", "order", "orderId", null);
    private final AtomicBoolean failsNext = new AtomicBoolean(true);
    private final List<List<Position>> calls = new CopyOnWriteArrayList<>();

    /// The broker is away for a moment, and then the database: nothing may be committed of a batch
    /// that has to wait.
    @Test
    void a_batch_that_has_to_wait_after_its_commit_has_failed_comes_again() {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 1);
            probe.publishRaw(topic.name(), "key", Map.of(), "first".getBytes(UTF_8));
            var receiver =
                    receiver(batch -> {
                        calls.add(batch.stream().map(Delivery::position).toList());
                        return calls.size() == 2
                                ? Optional.of(Duration.ofMillis(10))
                                : Optional.empty();
                    });
            receiver.start();
            try {
                eventually(() -> assertThat(calls).hasSize(3));
                probe.publishRaw(topic.name(), "key", Map.of(), "second".getBytes(UTF_8));
                eventually(() -> assertThat(calls).hasSize(4));
            } finally {
                receiver.stop();
            }
        }
        assertThat(failsNext).isFalse();
        assertThat(calls.get(0)).hasSize(1).isEqualTo(calls.get(1)).isEqualTo(calls.get(2));
        assertThat(calls.get(3)).hasSize(1).isNotEqualTo(calls.get(0));
    }

    private KafkaReceiver receiver(BatchHandler handler) {
        var consumption =
                new Consumption(
                        "redelivery-" + UUID.randomUUID(),
                        List.of(topic),
                        100,
                        Duration.ofMinutes(1));
        Map<String, Object> connection =
                Map.of("bootstrap.servers", TestServers.kafkaBootstrapServers());
        return KafkaReceiver.of(
                consumption,
                handler,
                new ClusterAwareDeserializer(),
                new FailingCommits(KafkaReceiver.config(consumption, connection)),
                new SimpleMeterRegistry());
    }

    /// The first commit of its consumers is not answered.
    private final class FailingCommits extends DefaultKafkaConsumerFactory<byte[], byte[]> {

        FailingCommits(Map<String, Object> config) {
            super(config);
        }

        @Override
        protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(
                    config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
                @Override
                public void commitSync(
                        Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
                    if (failsNext.getAndSet(false)) {
                        throw new TimeoutException("as a test");
                    }
                    super.commitSync(offsets, timeout);
                }
            };
        }
    }
}
