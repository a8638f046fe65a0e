package io.eventshop.proof.system.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.system.Dice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Records that no service sends at that moment: once more, late, or broken. Each is told to the
/// history, so that the check knows whose they are.
final class Records implements AutoCloseable {

    private static final int COUNT_MAX = 20;

    /// Longer than any outage in a plan; the fault ends late, and nothing is sent twice.
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(5);

    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    private final AtomicInteger copies = new AtomicInteger();
    private final History history;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Records(String bootstrapServers, History history) {
        this.history = history;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "delivery.timeout.ms",
                                (int) TAKEN_WITHIN.toMillis(),
                                "max.block.ms",
                                TAKEN_WITHIN.toMillis()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "default.api.timeout.ms",
                                (int) TAKEN_WITHIN.toMillis()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /// The newest records of a partition, byte by byte, as a producer sends them that has missed
    /// its acknowledgements.
    void repeatNewest(Dice dice) throws ExecutionException, InterruptedException {
        int count = 1 + dice.below(COUNT_MAX);
        repeat(anyPartition(dice), (least, end) -> Math.max(least, end - count), count, "again");
    }

    /// Records from long ago, which everybody has forgotten.
    void repeatOld(Dice dice) throws ExecutionException, InterruptedException {
        int count = 1 + dice.below(COUNT_MAX);
        int point = dice.below(500);
        repeat(
                anyPartition(dice),
                (least, end) -> least + (end - least) * point / 1_000,
                count,
                "late");
    }

    private static TopicPartition anyPartition(Dice dice) {
        Topic topic = dice.chance(0.7) ? Topics.ORDERS : dice.oneOf(ShopEvents.CATALOG.topics());
        return new TopicPartition(topic.name(), dice.below(Topic.PARTITIONS));
    }

    private interface Start {
        long of(long least, long end);
    }

    private synchronized void repeat(TopicPartition partition, Start start, int count, String why)
            throws ExecutionException, InterruptedException {
        for (var record : read(partition, start, count)) {
            var copy =
                    new ProducerRecord<>(
                            record.topic(),
                            record.partition(),
                            record.key(),
                            record.value(),
                            record.headers());
            send(copy, why);
            copies.incrementAndGet();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            TopicPartition partition, Start start, int count) {
        consumer.assign(List.of(partition));
        long least = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, start.of(least, end));
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        while (records.size() < count
                && consumer.position(partition) < end
                && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records.stream().limit(count).toList();
    }

    /// Bytes that are no event at all, under a key of their own.
    void sendUnreadable(Dice dice) throws ExecutionException, InterruptedException {
        var topic = dice.oneOf(Topics.ORDERS, Topics.RESERVATIONS).name();
        send(new ProducerRecord<>(topic, ownKey(dice), dice.bytes(200)), "unreadable");
    }

    /// An event of a type that is handled, with contents that cannot be, under a key of its own.
    void sendInvalid(Dice dice) throws ExecutionException, InterruptedException {
        boolean order = dice.chance(0.5);
        var type =
                order
                        ? "org.eventshop.orders.order-placed.v2"
                        : "org.eventshop.reservations.stock-reserved.v1";
        var key = ownKey(dice);
        var value = "{\"orderId\":\"%s\",\"lines\":\"none\"}".formatted(new String(key, UTF_8));
        var record =
                new ProducerRecord<>(
                        (order ? Topics.ORDERS : Topics.RESERVATIONS).name(),
                        key,
                        value.getBytes(UTF_8));
        Map.of(
                        "content-type", "application/json",
                        "ce_specversion", "1.0",
                        "ce_id", uuid(dice).toString(),
                        "ce_source", "/chaos",
                        "ce_type", type,
                        "ce_subject", new String(key, UTF_8),
                        "ce_partitionkey", new String(key, UTF_8),
                        "ce_time", "2026-01-01T00:00:00Z",
                        "ce_aggregateversion", "1",
                        "ce_correlationid", "chaos")
                .forEach((name, text) ->
                        record.headers().add(new RecordHeader(name, text.getBytes(UTF_8))));
        send(record, "invalid");
    }

    private static byte[] ownKey(Dice dice) {
        return uuid(dice).toString().getBytes(UTF_8);
    }

    private static UUID uuid(Dice dice) {
        return UUID.nameUUIDFromBytes(dice.bytes(16));
    }

    private void send(ProducerRecord<byte[], byte[]> record, String why)
            throws ExecutionException, InterruptedException {
        var sent = producer.send(record).get();
        history.recordInjected(sent.topic(), sent.partition(), sent.offset(), why);
    }

    /// How many records were sent that a service had sent before.
    int copies() {
        return copies.get();
    }

    @Override
    public synchronized void close() {
        consumer.close();
        producer.close(Duration.ZERO);
    }
}
