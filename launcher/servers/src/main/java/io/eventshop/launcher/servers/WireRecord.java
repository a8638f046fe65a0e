package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A record as it lies in a topic, read without the help of `messaging`, which is what is tested.
///
/// @param headers by the names they have on the wire, e.g. `ce_id`
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record WireRecord(
        String topic,
        int partition,
        long offset,
        Instant publishedAt,
        @Nullable String key,
        Map<String, String> headers,
        byte @Nullable [] value) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A header that is there more than once counts with its last value, one without a value not.
    public static WireRecord of(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
        }
        return new WireRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : new String(record.key(), UTF_8),
                headers,
                record.value());
    }

    /// Where it lies, as `topic-partition-offset`.
    public String position() {
        return "%s-%d-%d".formatted(topic, partition, offset);
    }

    /// A CloudEvents attribute, e.g. `type`.
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(headers.get("ce_" + name));
    }

    /// The CloudEvents attributes without their prefix, and the headers that have none.
    public Map<String, String> attributes() {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                header -> header.getKey().replaceFirst("^ce_", ""),
                                Map.Entry::getValue,
                                (own, transport) -> transport));
    }

    public UUID id() {
        return UUID.fromString(attribute("id").orElseThrow());
    }

    public String type() {
        return attribute("type").orElseThrow();
    }

    /// @throws tools.jackson.core.JacksonException if it is none
    public JsonNode json() {
        return JSON.readTree(bytes());
    }

    public byte[] bytes() {
        return value == null ? new byte[0] : value;
    }
}
