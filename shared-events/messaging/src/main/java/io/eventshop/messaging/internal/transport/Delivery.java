package io.eventshop.messaging.internal.transport;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record as it arrived, before anyone has tried to read it. Bytes stay bytes until the inbox
/// looks at them, so that nothing unreadable can stop a listener.
///
/// @param attributes the headers as text; CloudEvents attributes without their `ce_` prefix
/// @param key null where the record has none
/// @param value null for a record without a value
/// @param publishedAt the broker's time stamp
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record Delivery(
        Map<String, String> attributes,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Position position,
        Instant publishedAt) {

    /// Where the record lies: the same on every redelivery.
    public record Position(String cluster, String topic, int partition, long offset) {

        /// An id for a record that brings none that can be read; the same on every redelivery.
        public UUID id() {
            var name = String.join("/", cluster, topic, partition + "", offset + "");
            return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }
}
