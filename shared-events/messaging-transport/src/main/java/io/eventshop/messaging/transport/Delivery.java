package io.eventshop.messaging.transport;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as it arrived, before anyone has tried to read it. Bytes stay bytes until the inbox
/// looks at them, so that nothing unreadable can stop a receiver.
///
/// @param attributes what stands around the value, as text; those of CloudEvents without their
///   prefix
/// @param key null where the record has none
/// @param value null for a record without a value
/// @param publishedAt the broker's time stamp
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record Delivery(
        Map<String, String> attributes,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Position position,
        Instant publishedAt) {}
