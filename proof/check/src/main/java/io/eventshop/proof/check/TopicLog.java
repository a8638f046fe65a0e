package io.eventshop.proof.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// All records of all topics, read by a plain consumer of bytes without a group.
///
/// @param records of each partition in the order of its offsets
/// @param truncated topics of which the broker has deleted the oldest records
record TopicLog(List<TopicRecord> records, Set<String> truncated) {

    private static final String TOPICS_END_WITH = ".events";
    private static final Duration POLL = Duration.ofMillis(100);

    /// There is more to read, and nothing has come for this long.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private static final int BROKER_ANSWERS_WITHIN_MILLIS = 10_000;

    /// Up to what ends the partitions have when the reading begins.
    ///
    /// @throws IOException if the broker does not answer
    static TopicLog read(String bootstrapServers) throws IOException {
        try (var consumer = consumer(bootstrapServers)) {
            var partitions =
                    consumer.listTopics().entrySet().stream()
                            .filter(topic -> topic.getKey().endsWith(TOPICS_END_WITH))
                            .flatMap(topic -> topic.getValue().stream())
                            .map(found -> new TopicPartition(found.topic(), found.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var truncated = new HashSet<String>();
            consumer.beginningOffsets(partitions)
                    .forEach((partition, offset) -> {
                        if (offset > 0) {
                            truncated.add(partition.topic());
                        }
                    });
            return new TopicLog(
                    readTo(consumer.endOffsets(partitions), consumer), Set.copyOf(truncated));
        } catch (KafkaException e) {
            throw new IOException("the topics at " + bootstrapServers + " cannot be read", e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        BROKER_ANSWERS_WITHIN_MILLIS,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicRecord> readTo(
            Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer)
            throws IOException {
        var records = new ArrayList<TopicRecord>();
        long heard = System.nanoTime();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var polled = consumer.poll(POLL);
            polled.forEach(record -> records.add(TopicRecord.of(record)));
            if (!polled.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > SILENCE_MAX.toNanos()) {
                throw new IOException("the broker has stopped to answer");
            }
        }
        return records;
    }

    /// The first record of each event, in the order of the log.
    List<TopicRecord> first(String topic) {
        var firsts = new LinkedHashMap<String, TopicRecord>();
        for (TopicRecord record : records) {
            if (record.topic().equals(topic)) {
                var _ = firsts.putIfAbsent(record.id(), record);
            }
        }
        return List.copyOf(firsts.values());
    }
}
