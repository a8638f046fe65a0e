package io.eventshop.proof.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.servers.RawRecord.Header;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.testkit.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// A record in the making: sound at first, then whatever is done to it.
final class WildRecord {

    private static final EventCodec CODEC = new EventCodec(ShopEvents.CATALOG);

    final UUID id;
    final String topic;
    final Map<String, byte[]> headers = new LinkedHashMap<>();
    byte @Nullable [] key;
    byte @Nullable [] value;

    WildRecord(Event event) {
        var fact = Fact.of(event);
        this.id = fact.id();
        this.topic = ShopEvents.CATALOG.of(event.getClass()).topic().name();
        this.key = event.aggregateId().getBytes(UTF_8);
        this.value = CODEC.encode(event);
        headers.put("content-type", "application/json".getBytes(UTF_8));
        fact.attributes().forEach((name, text) -> set("ce_" + name, text));
    }

    void set(String header, String text) {
        headers.put(header, text.getBytes(UTF_8));
    }

    String text(String header) {
        return new String(headers.getOrDefault(header, new byte[0]), UTF_8);
    }

    byte[] json() {
        return Objects.requireNonNull(value);
    }

    /// CloudEvents' other mode: the attributes and the data together are the value.
    void becomeStructured() {
        var event = JsonMapper.shared().createObjectNode();
        for (String header : List.copyOf(headers.keySet())) {
            if (header.startsWith("ce_")) {
                event.put(header.substring(3), text(header));
                headers.remove(header);
            }
        }
        event.putRawValue("data", new RawValue(new String(json(), UTF_8)));
        value = event.toString().getBytes(UTF_8);
        set("content-type", "application/cloudevents+json; charset=UTF-8");
    }

    RawRecord toRaw() {
        return new RawRecord(
                topic,
                null,
                key,
                headers.entrySet().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList(),
                value);
    }
}
