package io.eventshop.testkit.asyncapi;

import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.testkit.GoldenSample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Event types as messages: schema, headers and golden samples in the words of AsyncAPI.
final class Messages {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Messages() {}

    /// Who reads or writes a major version deals with its newest minor.
    static List<EventType<?>> newestMinors(Topic topic, Predicate<EventType<?>> wanted) {
        var newest = new LinkedHashMap<String, EventType<?>>();
        ShopEvents.CATALOG.types().stream()
                .filter(type -> type.topic().equals(topic))
                .filter(wanted)
                .forEach(type -> newest.put(type.wireName(), type));
        return List.copyOf(newest.values());
    }

    /// Its key in the document, e.g. `orders.order-placed.v2`.
    static String key(EventType<?> type) {
        return type.name() + ".v" + type.major();
    }

    static ObjectNode message(EventType<?> type) {
        ObjectNode schema = schema(type);
        ObjectNode message = JSON.createObjectNode();
        message.put("name", type.wireName());
        message.set("title", schema.get("title"));
        message.set("summary", schema.get("description"));
        message.put(
                "description",
                "Schema version %s, served by %s at %s."
                        .formatted(type.version(), type.topic().owner(), type.schemaPath()));
        message.putArray("traits").addObject().put("$ref", "#/components/messageTraits/cloudEvent");
        ObjectNode headers =
                message.putObject("headers").put("type", "object").putObject("properties");
        headers.set("ce_type", constant(type.wireName()));
        headers.set("ce_source", constant(type.topic().source()));
        message.set("payload", schema);
        var examples = message.putArray("examples");
        for (GoldenSample sample : GoldenSample.of(type)) {
            examples.addObject()
                    .put("name", sample.name())
                    .set("payload", JSON.readTree(sample.json()));
        }
        return message;
    }

    static ObjectNode constant(String value) {
        return JSON.createObjectNode().put("type", "string").put("const", value);
    }

    /// Without what makes it a document of its own.
    private static ObjectNode schema(EventType<?> type) {
        var file = EventType.class.getResourceAsStream(type.schemaResource());
        return JSON.readValue(Objects.requireNonNull(file), ObjectNode.class)
                .remove(List.of("$schema", "$id"));
    }
}
