package io.eventshop.messaging.kafka;

import static io.eventshop.messaging.kafka.KafkaTransport.CLOUD_EVENTS_PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Kafka's records as deliveries, by CloudEvents' Kafka binding: attributes are the headers with
/// the prefix `ce_`. Reads nothing else and never fails.
final class Deliveries {

    /// The year 9999: a time stamp that a producer made up has to fit into a column.
    private static final long TIMESTAMP_MAX = 253_402_300_799_999L;

    private Deliveries() {}

    static Delivery of(ConsumerRecord<byte[], byte[]> record, String cluster) {
        return new Delivery(
                attributes(record),
                record.key(),
                record.value(),
                new Position(
                        cluster,
                        record.topic(),
                        Integer.toString(record.partition()),
                        Long.toString(record.offset())),
                Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, TIMESTAMP_MAX)));
    }

    private static Map<String, String> attributes(ConsumerRecord<byte[], byte[]> record) {
        var attributes = new HashMap<String, String>();
        for (Header header : record.headers()) {
            if (header.value() != null && header.key().startsWith(CLOUD_EVENTS_PREFIX)) {
                attributes.put(header.key().substring(CLOUD_EVENTS_PREFIX.length()), text(header));
            }
        }
        // After the attributes: the transport's trace context is nearer than the creation's.
        for (Header header : record.headers()) {
            if (header.value() != null && isPlainAttribute(header.key())) {
                attributes.put(header.key(), text(header));
            }
        }
        return attributes;
    }

    private static boolean isPlainAttribute(String header) {
        return header.equals(Attributes.CONTENT_TYPE) || header.equals(Attributes.TRACE_PARENT);
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
