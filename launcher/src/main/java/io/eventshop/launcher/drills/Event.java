package io.eventshop.launcher.drills;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// A record on Kafka as the drills see it: a CloudEvent in binary mode, which has its attributes in
/// headers.
///
/// @param id empty where it has none, like the other texts
/// @param version the event's number among those of its aggregate; 0 where it has none
/// @param cause the event that it answers
record Event(
        String topic,
        int partition,
        long offset,
        String key,
        String id,
        String type,
        long version,
        String cause,
        ConsumerRecord<byte[], byte[]> record) {

    static Event of(ConsumerRecord<byte[], byte[]> record) {
        return new Event(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key() == null ? "" : new String(record.key(), UTF_8),
                header(record, "ce_id").orElse(""),
                header(record, "ce_type").orElse("").replace("org.eventshop.", ""),
                header(record, "ce_aggregateversion").map(Long::valueOf).orElse(0L),
                header(record, "ce_causationid").orElse(""),
                record);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    String position() {
        return "%s-%d-%d".formatted(topic, partition, offset);
    }

    /// The same bytes once more, for the same partition.
    ProducerRecord<byte[], byte[]> copy() {
        return new ProducerRecord<>(
                topic, partition, record.key(), record.value(), record.headers());
    }

    /// The same attributes under another id, around another text.
    ProducerRecord<byte[], byte[]> forged(UUID otherId, String text) {
        var headers = new ArrayList<Header>();
        for (Header header : record.headers()) {
            headers.add(
                    header.key().equals("ce_id")
                            ? new RecordHeader("ce_id", otherId.toString().getBytes(UTF_8))
                            : header);
        }
        return new ProducerRecord<>(topic, partition, record.key(), text.getBytes(UTF_8), headers);
    }

    /// @param attributes without the prefix that they have in headers
    static ProducerRecord<byte[], byte[]> made(
            String topic, String key, Map<String, String> attributes, String text) {
        var headers = new ArrayList<Header>();
        attributes.forEach((name, value) ->
                headers.add(new RecordHeader("ce_" + name, value.getBytes(UTF_8))));
        headers.add(new RecordHeader("content-type", "application/json".getBytes(UTF_8)));
        return new ProducerRecord<>(
                topic, null, key.getBytes(UTF_8), text.getBytes(UTF_8), headers);
    }

    String text() {
        return new String(record.value(), UTF_8);
    }

    static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).distinct().toList();
    }
}
