package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.transport.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The records of one key in one topic, for one consumer: what keeps its order, and what waits
/// behind a dead letter.
///
/// @param key the record's key; the SHA-256 of a long one, which would not fit into an index; the
///   event's id where there is no key, so that such a record waits for nobody and nobody for it
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below
record Sequence(String consumer, String topic, byte[] key) {

    private static final int KEY_SIZE_MAX = 512;

    /// Before the bytes of a key that is no text.
    private static final String HEX = "0x";

    static Sequence of(String consumer, Delivery delivery, UUID eventId) {
        byte[] own = delivery.key();
        byte[] key = own == null ? eventId.toString().getBytes(StandardCharsets.UTF_8) : own;
        return new Sequence(consumer, delivery.position().topic(), bounded(key));
    }

    /// Whether a record of this aggregate has this key; a dead letter's is that of its sequence.
    static boolean isKeyOf(String aggregateId, byte @Nullable [] key) {
        byte[] id = aggregateId.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(id, key) || Arrays.equals(bounded(id), key);
    }

    private static byte[] bounded(byte[] key) {
        return key.length > KEY_SIZE_MAX ? sha256(key) : key;
    }

    /// The key for people, and for [#keyOf]: itself where it is UTF-8, else `0x` and its bytes.
    static String text(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key);
        return isText && !text.startsWith(HEX) ? text : HEX + HexFormat.of().formatHex(key);
    }

    /// @throws IllegalArgumentException if the text is not one of [#text]
    static byte[] keyOf(String text) {
        return text.startsWith(HEX)
                ? HexFormat.of().parseHex(text, HEX.length(), text.length())
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequence that
                && consumer.equals(that.consumer)
                && topic.equals(that.topic)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(consumer, topic, Arrays.hashCode(key));
    }
}
