package io.eventshop.launcher.servers;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Kafka's plain clients, each made when it is first needed. What they throw comes out as
/// [IOException].
final class KafkaClients implements AutoCloseable {

    private static final long REQUEST_MILLIS_MAX = 30_000;

    private final String bootstrapServers;
    private final Duration answerWithin;
    private final Map<String, Object> connection;
    private @Nullable Admin admin;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaClients(String bootstrapServers, Duration answerWithin) {
        this.bootstrapServers = bootstrapServers;
        this.answerWithin = answerWithin;
        this.connection =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "request.timeout.ms",
                        (int) Math.min(REQUEST_MILLIS_MAX, answerWithin.toMillis()),
                        "enable.metrics.push",
                        false);
    }

    synchronized Admin admin() throws IOException {
        try {
            if (admin == null) {
                admin =
                        Admin.create(
                                with(
                                        Map.of(
                                                "default.api.timeout.ms",
                                                (int) answerWithin.toMillis())));
            }
            return admin;
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    @Override
    public String toString() {
        return bootstrapServers;
    }

    Duration answerWithin() {
        return answerWithin;
    }

    synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(
                            with(
                                    Map.of(
                                            "linger.ms",
                                            0,
                                            "max.block.ms",
                                            answerWithin.toMillis(),
                                            "delivery.timeout.ms",
                                            (int) answerWithin.toMillis())),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
        }
        return producer;
    }

    KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) throws IOException {
        try {
            return new KafkaConsumer<>(
                    with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw unanswered(e);
        }
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        var all = new HashMap<>(connection);
        all.putAll(settings);
        return all;
    }

    /// The clients themselves give up within the limit.
    <T> T get(Future<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw unanswered(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    IOException unanswered(Throwable cause) {
        return new IOException(
                "Kafka at %s does not answer: %s".formatted(bootstrapServers, cause.getMessage()),
                cause);
    }

    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec spec)
            throws IOException {
        var wanted = partitions.stream().collect(toMap(partition -> partition, _ -> spec));
        return get(admin().listOffsets(wanted).all()).entrySet().stream()
                .collect(toMap(Map.Entry::getKey, found -> found.getValue().offset()));
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
