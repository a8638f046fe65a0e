package io.eventshop.messaging.transport;

import java.time.Instant;
import java.util.Map;
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

    /// Where the record lies: unique per cluster, and the same on every redelivery.
    public record Position(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }
}
