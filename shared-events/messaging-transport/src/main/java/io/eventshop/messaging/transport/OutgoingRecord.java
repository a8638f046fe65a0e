package io.eventshop.messaging.transport;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A record to be sent. The attributes are CloudEvents' without a prefix, plus `traceparent`.
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record OutgoingRecord(
        String topic, String key, Map<String, String> attributes, byte[] value) {

    /// The largest record in bytes, with key and attributes. A quarter of what brokers take by
    /// default, so that neither batches nor a broker's overhead ever come near its limit. It stands
    /// in the outbox table as a constraint too and is no property for that reason.
    public static final int SIZE_MAX = 256 * 1024;

    /// In bytes, with key and attributes; what a transport adds for framing is not counted.
    public int size() {
        int size = bytes(key) + value.length;
        for (var attribute : attributes.entrySet()) {
            size += bytes(attribute.getKey()) + bytes(attribute.getValue());
        }
        return size;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
