package io.eventshop.launcher.servers;

import static java.util.stream.Collectors.toSet;

import io.eventshop.launcher.servers.RawRecord.Header;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Reads from said offsets on, without a group.
final class KafkaLogReader implements EventLog.Reader {

    private static final Duration POLL = Duration.ofMillis(100);

    /// There is more to read, and nothing has come for this long.
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

    private final KafkaClients clients;
    private final Map<TopicPartition, Long> starts;
    private final KafkaConsumer<byte[], byte[]> consumer;

    KafkaLogReader(KafkaClients clients, Map<TopicPartition, Long> starts) throws IOException {
        this.clients = clients;
        this.starts = starts;
        this.consumer =
                clients.consumer(
                        Map.of(
                                "default.api.timeout.ms",
                                (int) clients.answerWithin().toMillis(),
                                "max.poll.records",
                                2_000,
                                "auto.offset.reset",
                                "earliest"));
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
    }

    @Override
    public void readToEnd(Consumer<WireRecord> sink) throws IOException {
        readTo(clients.offsets(starts.keySet(), OffsetSpec.latest()), sink);
    }

    void readTo(Map<TopicPartition, Long> ends, Consumer<WireRecord> sink) throws IOException {
        long heard = System.nanoTime();
        while (!hasReached(ends)) {
            var records = next(POLL);
            records.forEach(sink);
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > silenceLimit().toNanos()) {
                throw new IOException("Kafka at %s no longer answers".formatted(clients));
            }
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) throws IOException {
        try {
            return ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        } catch (KafkaException e) {
            throw clients.unanswered(e);
        }
    }

    @Override
    public List<WireRecord> next(Duration limit) throws IOException {
        try {
            return StreamSupport.stream(consumer.poll(limit).spliterator(), false)
                    .map(KafkaLogReader::fromKafka)
                    .toList();
        } catch (KafkaException e) {
            throw clients.unanswered(e);
        }
    }

    @Override
    public Set<String> truncated() {
        return starts.entrySet().stream()
                .filter(start -> start.getValue() > 0)
                .map(start -> start.getKey().topic())
                .collect(toSet());
    }

    @Override
    public void close() {
        try {
            consumer.close();
        } catch (KafkaException e) {
            // Interrupted; it is closed all the same.
        }
    }

    private Duration silenceLimit() {
        return clients.answerWithin().compareTo(SILENCE_LIMIT) > 0
                ? clients.answerWithin()
                : SILENCE_LIMIT;
    }

    private static WireRecord fromKafka(ConsumerRecord<byte[], byte[]> record) {
        var position = position(record.topic(), record.partition(), record.offset());
        return new WireRecord(
                new RawRecord(
                        record.topic(),
                        position.lane(),
                        record.key(),
                        Arrays.stream(record.headers().toArray())
                                .map(header -> new Header(header.key(), header.value()))
                                .toList(),
                        record.value()),
                position,
                Instant.ofEpochMilli(record.timestamp()));
    }

    static Position position(String topic, int partition, long offset) {
        return new Position(topic, Integer.toString(partition), Long.toString(offset));
    }
}
