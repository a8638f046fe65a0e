package io.eventshop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.WireRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/// Looks into topics and puts raw records into them, with plain clients and without a consumer
/// group. Its methods may be called from several threads.
///
/// Through it tests see what services write, so it holds every record that it finds in a topic of
/// the contracts against the closed schema of its version, whatever the test looks for. Exempt is
/// only what it has put there itself: a test may send what no service would.
public final class KafkaProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final KafkaTemplate<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /// The positions of records that this probe has sent, or has looked at before.
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    public KafkaProbe(String bootstrapServers) {
        Map<String, Object> common = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(common);
        producer =
                new KafkaTemplate<>(
                        new DefaultKafkaProducerFactory<>(
                                common, new ByteArraySerializer(), new ByteArraySerializer()));
        consumer =
                new KafkaConsumer<>(
                        common, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// A probe of the broker that the tests of this JVM share.
    public static KafkaProbe ofTestServers() {
        return new KafkaProbe(TestServers.kafkaBootstrapServers());
    }

    /// Makes the topic if there is none.
    public void ensureTopic(String name, int partitions) {
        var topic = new NewTopic(name, partitions, (short) 1);
        try {
            admin.createTopics(List.of(topic))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /// Publishes a record with a CloudEvents envelope in binary mode and waits for the broker.
    ///
    /// @param attributes CloudEvents attributes without the prefix, e.g. `id` and `type`
    public void publish(String topic, String key, Map<String, String> attributes, byte[] json) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        attributes.forEach((name, value) ->
                headers.put(name.equals("traceparent") ? name : "ce_" + name, value));
        publishRaw(topic, key, headers, json);
    }

    /// Publishes whatever is given, as it is, and waits for the broker.
    public void publishRaw(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            byte @Nullable [] value) {
        var message =
                new ProducerRecord<byte[], byte[]>(
                        topic, key == null ? null : key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        var sent = producer.send(message).join().getRecordMetadata();
        settled.add("%s-%d-%d".formatted(topic, sent.partition(), sent.offset()));
    }

    /// All records that lie in the topic now, each partition in its order; none if there is no such
    /// topic.
    ///
    /// @throws AssertionError if a service has written an event that does not fit its schema
    public synchronized List<WireRecord> records(String topic) {
        var partitions =
                consumer.partitionsFor(topic).stream()
                        .map(found -> new TopicPartition(topic, found.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);

        var records = new ArrayList<WireRecord>();
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (partitions.stream()
                .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("did not reach the end of " + topic);
            }
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> records.add(WireRecord.of(record)));
        }
        if (ShopEvents.CATALOG.topics().stream().anyMatch(known -> known.name().equals(topic))) {
            records.forEach(this::requireToFitItsSchema);
        }
        return records;
    }

    private void requireToFitItsSchema(WireRecord written) {
        if (!settled.contains(written.position())) {
            assertThat(ClosedSchemas.violations(written))
                    .as(
                            "a service has written what does not fit its schema: %s says %s",
                            written.position(), written.headers())
                    .isEmpty();
            settled.add(written.position());
        }
    }

    /// The records of one key, in their order.
    public List<WireRecord> records(String topic, String key) {
        return records(topic).stream().filter(record -> key.equals(record.key())).toList();
    }

    @Override
    public synchronized void close() {
        consumer.close();
        producer.getProducerFactory().reset();
        admin.close(Duration.ZERO);
    }
}
