package io.eventshop.messaging.internal.codec;

import static java.util.stream.Collectors.joining;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Upcastable;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Turns events into JSON and records into events, by CloudEvents 1.0. Writes binary mode; reads
/// binary and structured mode. Old versions are upcast, so that callers only ever see the newest.
/// Readers are open: unknown fields are ignored.
///
/// Stateless and thread-safe. Nothing that arrives makes it throw anything but
/// [UnreadableEventException].
public final class EventCodec {

    private static final String STRUCTURED_MODE = "application/cloudevents";
    private static final String STRUCTURED_JSON = "application/cloudevents+json";

    /// A consumer that keeps the newest version would never believe a later one. A thousand events
    /// a second take 31 years to count so far, and a time in milliseconds lies beyond.
    private static final long AGGREGATE_VERSION_MAX = 1_000_000_000_000L;

    private final JsonMapper json = ContractsJson.mapper();
    private final Function<String, Optional<EventType<?>>> catalog;

    public EventCodec(EventCatalog catalog) {
        this(catalog::byWireName);
    }

    /// @param catalog the type that a CloudEvents `type` names
    EventCodec(Function<String, Optional<EventType<?>>> catalog) {
        this.catalog = catalog;
    }

    /// The event as JSON in UTF-8, with its fields in the record's order.
    public byte[] encode(Event event) {
        return json.writeValueAsBytes(event);
    }

    /// Reads the attributes, from the headers or, in structured mode, from the value.
    ///
    /// @throws UnreadableEventException if there is no value, or it is structured mode in anything
    ///   but sound JSON
    public Envelope open(Delivery delivery) {
        byte[] value = delivery.value();
        if (value == null) {
            throw new UnreadableEventException("the record has no value");
        }
        String contentType =
                delivery.attributes()
                        .getOrDefault(Attributes.CONTENT_TYPE, "")
                        .toLowerCase(Locale.ROOT);
        if (contentType.startsWith(STRUCTURED_JSON)) {
            return openStructured(value, delivery.attributes());
        }
        if (contentType.startsWith(STRUCTURED_MODE)) {
            throw new UnreadableEventException("the content type is not JSON");
        }
        return new Envelope(delivery.attributes(), value);
    }

    private Envelope openStructured(byte[] value, Map<String, String> headers) {
        JsonNode event = parse(value);
        var attributes = new HashMap<String, String>();
        // The tracing header belongs to the transport; the event's own attributes win over it.
        String traceparent = headers.get(Attributes.TRACE_PARENT);
        if (traceparent != null) {
            attributes.put(Attributes.TRACE_PARENT, traceparent);
        }
        event.forEachEntry((name, attribute) -> {
            if (attribute.isValueNode() && !attribute.isNull() && !name.startsWith("data_")) {
                attributes.put(name, attribute.asString());
            }
        });
        return new Envelope(attributes, structuredData(event));
    }

    private byte[] structuredData(JsonNode event) {
        JsonNode base64 = event.get("data_base64");
        if (base64 != null) {
            try {
                return Base64.getDecoder().decode(base64.asString());
            } catch (IllegalArgumentException e) {
                throw new UnreadableEventException("data_base64 is not base64", e);
            }
        }
        JsonNode data = event.get("data");
        if (data == null) {
            throw new UnreadableEventException("the event has no data");
        }
        return json.writeValueAsBytes(data);
    }

    private JsonNode parse(byte[] value) {
        try {
            JsonNode node = json.readTree(value);
            if (!node.isObject()) {
                throw new UnreadableEventException("the event is not a JSON object");
            }
            return node;
        } catch (JacksonException e) {
            throw new UnreadableEventException("broken JSON", e);
        }
    }

    /// The newest version of the event in the envelope.
    ///
    /// @throws UnreadableEventException if the catalog does not know the type's major version, or
    ///   the data does not fit it
    public Event decode(Envelope envelope) {
        String wireName = envelope.required(Attributes.TYPE);
        EventType<?> type =
                catalog.apply(wireName)
                        .orElseThrow(() ->
                                new UnreadableEventException(
                                        "unknown type or major version: " + wireName));
        return newest(read(envelope.data(), type));
    }

    private Object read(byte[] data, EventType<?> type) {
        try {
            Object payload = json.readValue(data, type.payload());
            if (payload == null) {
                throw new UnreadableEventException("the data is null");
            }
            return payload;
        } catch (JacksonException e) {
            // Jackson's message may quote the data, which may be personal; where it failed is
            // enough to look it up.
            throw new UnreadableEventException(
                    "the data does not fit %s at %s: %s"
                            .formatted(type.wireName(), pointer(e), e.getClass().getSimpleName()),
                    e);
        }
    }

    private static String pointer(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? step.getIndex() : step.getPropertyName())
                .map(Object::toString)
                .collect(joining("/", "/", ""));
    }

    private static Event newest(Object payload) {
        try {
            Object current = payload;
            while (current instanceof Upcastable<?> older) {
                current = older.upcast();
            }
            return (Event) current;
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new UnreadableEventException(
                    "the data cannot be upcast: " + e.getClass().getSimpleName(), e);
        }
    }

    /// The attributes as metadata. Ids that serve nobody but the reader of logs and traces are left
    /// out where they are malformed: no reason to refuse an event.
    ///
    /// @throws UnreadableEventException if an attribute that is needed is missing or malformed
    public EventMetadata metadata(Envelope envelope) {
        var attributes = envelope.attributes();
        UUID id = parsed(envelope, Attributes.ID, "a UUID", UUID::fromString);
        return new EventMetadata(
                id,
                envelope.required(Attributes.SOURCE),
                envelope.required(Attributes.TYPE),
                envelope.attribute(Attributes.DATA_SCHEMA).orElse(""),
                envelope.required(Attributes.SUBJECT),
                parsed(envelope, Attributes.TIME, "an RFC 3339 time", OffsetDateTime::parse)
                        .toInstant(),
                version(envelope),
                Attributes.token(attributes, Attributes.CORRELATION_ID).orElse(id.toString()),
                Attributes.token(attributes, Attributes.CAUSATION_ID).orElse(null),
                Attributes.token(attributes, Attributes.TRACE_PARENT).orElse(null));
    }

    private static long version(Envelope envelope) {
        long version = parsed(envelope, Attributes.AGGREGATE_VERSION, "a number", Long::parseLong);
        if (version < 1 || version > AGGREGATE_VERSION_MAX) {
            throw new UnreadableEventException(
                    "the attribute %s is not between 1 and %d"
                            .formatted(Attributes.AGGREGATE_VERSION, AGGREGATE_VERSION_MAX));
        }
        return version;
    }

    private static <T> T parsed(
            Envelope envelope, String name, String form, Function<String, T> parser) {
        try {
            return parser.apply(envelope.required(name));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnreadableEventException(
                    "the attribute %s is not %s".formatted(name, form), e);
        }
    }
}
