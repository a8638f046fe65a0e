package io.eventshop.proof.benchmark;

import io.eventshop.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A Kafka consumer with nothing around it: all partitions of a topic, no group, no offsets.
final class PlainConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    private PlainConsumer(Servers servers, String topic) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_uncommitted",
                                ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                IntStream.range(0, Topic.PARTITIONS)
                        .mapToObj(number -> new TopicPartition(topic, number))
                        .toList());
    }

    static PlainConsumer atTheBeginning(Servers servers, String topic) {
        var plain = new PlainConsumer(servers, topic);
        plain.consumer.seekToBeginning(plain.consumer.assignment());
        return plain;
    }

    /// Sees what is sent from now on.
    static PlainConsumer atTheEnd(Servers servers, String topic) {
        var plain = new PlainConsumer(servers, topic);
        plain.consumer.seekToEnd(plain.consumer.assignment());
        // Seeking is lazy; asking is not.
        plain.consumer
                .assignment()
                .forEach(partition -> {
                    var _ = plain.consumer.position(partition);
                });
        return plain;
    }

    interface Arrival {
        void take(ConsumerRecord<byte[], byte[]> record, long nanoTime);
    }

    /// Hands over so many records, each with the time at which its poll returned.
    void takeAll(int count, Arrival arrival) {
        long end = System.nanoTime() + LIMIT.toNanos();
        int taken = 0;
        while (taken < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%d of %d records of %s arrived".formatted(taken, count, topic));
            }
            var records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (var record : records) {
                arrival.take(record, now);
                taken++;
            }
        }
    }

    List<ConsumerRecord<byte[], byte[]>> first(int count) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>(count);
        takeAll(count, (record, _) -> records.add(record));
        return records.subList(0, count);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
