package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.launcher.servers.RawRecord.Header;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A record as it lies in a topic, read without the help of `messaging`, which is what is tested.
///
/// @param raw all of it, for the lane in which it lies
public record WireRecord(RawRecord raw, Position position, Instant publishedAt) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public String topic() {
        return position.topic();
    }

    public String lane() {
        return position.lane();
    }

    public @Nullable String key() {
        byte[] key = raw.key();
        return key == null ? null : new String(key, UTF_8);
    }

    /// By the names that they have on the wire, e.g. `ce_id`. A header that is there more than once
    /// counts with its last value, one without a value not.
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : raw.headers()) {
            byte[] value = header.value();
            if (value != null) {
                headers.put(header.name(), new String(value, UTF_8));
            }
        }
        return headers;
    }

    /// A CloudEvents attribute, e.g. `type`.
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(headers().get("ce_" + name));
    }

    /// The CloudEvents attributes without their prefix, and the headers that have none.
    public Map<String, String> attributes() {
        return headers().entrySet().stream()
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
        byte[] value = raw.value();
        return value == null ? new byte[0] : value;
    }
}
