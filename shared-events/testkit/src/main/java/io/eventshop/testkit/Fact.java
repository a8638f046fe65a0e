package io.eventshop.testkit;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// An event as another service would publish it: with its attributes. The same fact published twice
/// is a duplicate; two facts of one event are two events.
///
/// @param version the number of this event among its aggregate's events
public record Fact(Event event, UUID id, long version, Instant time) {

    public static final String CORRELATION_ID = "test";

    /// The first event of its aggregate, happening now.
    public static Fact of(Event event) {
        return new Fact(event, UUID.randomUUID(), 1, Instant.now());
    }

    public Fact withVersion(long version) {
        return new Fact(event, id, version, time);
    }

    /// CloudEvents attributes without a prefix.
    public Map<String, String> attributes() {
        EventType<?> type = ShopEvents.CATALOG.of(event.getClass());
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", id.toString());
        attributes.put("source", type.topic().source());
        attributes.put("type", type.wireName());
        attributes.put("dataschema", "http://localhost" + type.schemaPath());
        attributes.put("subject", event.aggregateId());
        attributes.put("partitionkey", event.aggregateId());
        attributes.put("time", time.toString());
        attributes.put("aggregateversion", Long.toString(version));
        attributes.put("correlationid", CORRELATION_ID);
        return attributes;
    }
}
