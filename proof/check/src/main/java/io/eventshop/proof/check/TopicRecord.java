package io.eventshop.proof.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.eventshop.launcher.servers.Position;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.servers.RawRecord.Header;
import io.eventshop.launcher.servers.WireRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A record as it lies in its topic, as far as a promise is about it.
///
/// @param key empty where there is none
/// @param id of the event; empty where there is none
/// @param type without name space and version, e.g. `order-placed`
/// @param version the event's number among those of its aggregate; 0 where there is none
/// @param correlation the flow that it belongs to; empty where there is none
/// @param causation the id of the event that it answers; empty where there is none
/// @param digest of key, value and headers. Without the header `traceparent`, which belongs to the
///   transport: who passes a record on may replace it
/// @param content what the event says, as far as tables say it too
/// @param email to whom an `order-placed` wants it told; empty elsewhere
record TopicRecord(
        Position position,
        String key,
        String id,
        String type,
        long version,
        String correlation,
        String causation,
        String digest,
        String content,
        String email) {

    private static final Pattern TYPE =
            Pattern.compile("org\\.eventshop\\.\\w+\\.([a-z-]+)\\.v\\d+");
    private static final String TRANSPORT_HEADER = "traceparent";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Said(String content, String email) {}

    static TopicRecord of(WireRecord wire) {
        Matcher type = TYPE.matcher(wire.attribute("type").orElse(""));
        String name = type.matches() ? type.group(1) : "";
        Said said = said(name, wire.raw().value());
        return new TopicRecord(
                wire.position(),
                requireNonNullElse(wire.key(), ""),
                wire.attribute("id").orElse(""),
                name,
                wire.attribute("aggregateversion").map(TopicRecord::number).orElse(0L),
                wire.attribute("correlationid").orElse(""),
                wire.attribute("causationid").orElse(""),
                digest(wire.raw()),
                said.content(),
                said.email());
    }

    String topic() {
        return position.topic();
    }

    String lane() {
        return position.lane();
    }

    /// Empty where the id is none that a service would make.
    Optional<UUID> eventId() {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// The order of headers means nothing, so they are sorted.
    private static String digest(RawRecord record) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, record.key());
            add(digest, record.value());
            record.headers().stream()
                    .filter(header -> !header.name().equals(TRANSPORT_HEADER))
                    .sorted(Comparator.comparing(Header::name))
                    .forEach(header -> {
                        add(digest, header.name().getBytes(UTF_8));
                        add(digest, header.value());
                    });
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, byte @Nullable [] bytes) {
        digest.update((bytes == null ? "null;" : bytes.length + ";").getBytes(UTF_8));
        if (bytes != null) {
            digest.update(bytes);
        }
    }

    private static Said said(String type, byte @Nullable [] value) {
        if (value == null) {
            return new Said("", "");
        }
        try {
            JsonNode json = JSON.readTree(value);
            String email = type.equals("order-placed") ? json.path("email").asString("") : "";
            return new Said(content(type, json), email);
        } catch (JacksonException e) {
            return new Said("unreadable", "");
        }
    }

    private static String content(String type, JsonNode json) {
        return switch (type) {
            case "order-placed" ->
                    "%s %s %s"
                            .formatted(
                                    json.path("customerId").asString(""),
                                    json.path("email").asString(""),
                                    Quantities.of(json.path("lines")));
            case "stock-reserved", "stock-released" -> Quantities.of(json.path("lines"));
            case "stock-received" ->
                    "%d of %d"
                            .formatted(
                                    json.path("quantity").asLong(0), json.path("onHand").asLong(0));
            default -> "";
        };
    }

    /// What a `stock-received` says has arrived.
    long quantityReceived() {
        return Long.parseLong(content.substring(0, content.indexOf(' ')));
    }
}
