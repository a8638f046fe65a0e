package io.eventshop.messaging.transport;

import java.util.Map;

/// A record to be sent. The attributes are CloudEvents' without their `ce_` prefix, plus
/// `traceparent`.
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record OutgoingRecord(
        String topic, String key, Map<String, String> attributes, byte[] value) {}
