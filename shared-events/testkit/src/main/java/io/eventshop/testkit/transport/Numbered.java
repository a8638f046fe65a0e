package io.eventshop.testkit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;

/// A record by which order can be judged: the first of its key has number 1, the next one 2.
record Numbered(String key, int number) {

    static final int BYTES_MIN = Integer.BYTES;

    static Numbered of(Delivery delivery) {
        var key = new String(requireNonNull(delivery.key(), "key"), UTF_8);
        return new Numbered(
                key, ByteBuffer.wrap(requireNonNull(delivery.value(), "value")).getInt());
    }

    /// @param bytes of the value, which no compression makes smaller
    OutgoingRecord to(String topic, int bytes) {
        var value = new byte[bytes];
        new Random(number).nextBytes(value);
        ByteBuffer.wrap(value).putInt(number);
        return new OutgoingRecord(
                topic, key, Map.of(Attributes.ID, "%s-%d".formatted(key, number)), value);
    }
}
