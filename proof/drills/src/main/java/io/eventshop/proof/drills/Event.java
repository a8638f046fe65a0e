package io.eventshop.proof.drills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.servers.RawRecord.Header;
import io.eventshop.launcher.servers.WireRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A record on a topic as the drills see it: a CloudEvent in binary mode, which has its attributes
/// in headers.
///
/// @param id empty where it has none, like the other texts
/// @param version the event's number among those of its aggregate; 0 where it has none
/// @param cause the event that it answers
record Event(WireRecord wire, String key, String id, String type, long version, String cause) {

    static Event of(WireRecord wire) {
        return new Event(
                wire,
                requireNonNullElse(wire.key(), ""),
                wire.attribute("id").orElse(""),
                wire.attribute("type").orElse("").replace("org.eventshop.", ""),
                wire.attribute("aggregateversion").map(Long::valueOf).orElse(0L),
                wire.attribute("causationid").orElse(""));
    }

    String topic() {
        return wire.topic();
    }

    String lane() {
        return wire.lane();
    }

    String position() {
        return wire.position().toString();
    }

    Instant publishedAt() {
        return wire.publishedAt();
    }

    /// The same bytes once more, for the same partition.
    RawRecord raw() {
        return wire.raw();
    }

    /// The same attributes under another id, around another text.
    RawRecord forged(UUID otherId, String text) {
        return new RawRecord(
                raw().topic(),
                raw().lane(),
                raw().key(),
                raw().headers().stream()
                        .map(header ->
                                header.name().equals("ce_id")
                                        ? Header.of("ce_id", otherId.toString())
                                        : header)
                        .toList(),
                text.getBytes(UTF_8));
    }

    /// @param attributes without the prefix that they have in headers
    static RawRecord made(String topic, String key, Map<String, String> attributes, String text) {
        var headers = new LinkedHashMap<String, String>();
        attributes.forEach((name, value) -> headers.put("ce_" + name, value));
        headers.put("content-type", "application/json");
        return RawRecord.of(topic, key, headers, text.getBytes(UTF_8));
    }

    String text() {
        return new String(wire.bytes(), UTF_8);
    }

    static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).distinct().toList();
    }
}
