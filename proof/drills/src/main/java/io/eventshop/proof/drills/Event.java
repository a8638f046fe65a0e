package io.eventshop.proof.drills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.eventshop.launcher.servers.WireRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        var wire = WireRecord.of(record);
        return new Event(
                record.topic(),
                record.partition(),
                record.offset(),
                requireNonNullElse(wire.key(), ""),
                wire.attribute("id").orElse(""),
                wire.attribute("type").orElse("").replace("org.eventshop.", ""),
                wire.attribute("aggregateversion").map(Long::valueOf).orElse(0L),
                wire.attribute("causationid").orElse(""),
                record);
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
