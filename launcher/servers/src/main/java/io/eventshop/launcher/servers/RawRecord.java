package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a record is made of, byte by byte. What was read can be written once more.
///
/// @param lane where it goes, or where it was read: the lanes of a topic are numbered from 0; null
///   for the lane of its key
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
public record RawRecord(
        String topic,
        @Nullable String lane,
        byte @Nullable [] key,
        List<Header> headers,
        byte @Nullable [] value) {

    /// A name may occur more than once.
    public record Header(String name, byte @Nullable [] value) {

        public static Header of(String name, String text) {
            return new Header(name, text.getBytes(UTF_8));
        }
    }

    /// In the lane of its key.
    public static RawRecord of(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            byte @Nullable [] value) {
        return new RawRecord(
                topic,
                null,
                key == null ? null : key.getBytes(UTF_8),
                headers.entrySet().stream()
                        .map(header -> Header.of(header.getKey(), header.getValue()))
                        .toList(),
                value);
    }

    public RawRecord inLane(@Nullable String other) {
        return new RawRecord(topic, other, key, headers, value);
    }
}
