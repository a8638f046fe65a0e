package io.eventshop.testkit.asyncapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.EventType;
import io.eventshop.testkit.GoldenSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Event types as messages: schema, headers and golden samples in the words of AsyncAPI.
final class Messages {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Object>> TREE =
            new TypeReference<>() {};

    private Messages() {}

    /// Who reads or writes a major version deals with its newest minor.
    static List<EventType<?>> newestMinors(Stream<EventType<?>> types) {
        var newest = new LinkedHashMap<String, EventType<?>>();
        types.forEach(type -> newest.put(type.wireName(), type));
        return List.copyOf(newest.values());
    }

    /// Its key in the document, e.g. `orders.order-placed.v2`.
    static String key(EventType<?> type) {
        return type.name() + ".v" + type.major();
    }

    static Map<String, Object> message(EventType<?> type) {
        Map<String, Object> schema = schema(type);
        var message = new LinkedHashMap<String, Object>();
        message.put("name", type.wireName());
        message.put("title", schema.get("title"));
        message.put("summary", schema.get("description"));
        message.put(
                "description",
                "Schema version %s, served by %s at %s."
                        .formatted(type.version(), type.topic().owner(), type.schemaPath()));
        message.put("traits", List.of(Map.of("$ref", "#/components/messageTraits/cloudEvent")));
        message.put("headers", headers(type));
        message.put("payload", schema);
        message.put("examples", GoldenSample.of(type).stream().map(Messages::example).toList());
        return message;
    }

    /// Without what makes it a document of its own.
    private static Map<String, Object> schema(EventType<?> type) {
        try {
            String text = new ClassPathResource(type.schemaResource()).getContentAsString(UTF_8);
            Map<String, Object> schema = JSON.readValue(text, TREE);
            schema.keySet().removeAll(List.of("$schema", "$id"));
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> headers(EventType<?> type) {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("ce_type", constant(type.wireName()));
        headers.put("ce_source", constant("/" + type.topic().owner()));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", headers);
        return schema;
    }

    private static Map<String, Object> constant(String value) {
        var constant = new LinkedHashMap<String, Object>();
        constant.put("type", "string");
        constant.put("const", value);
        return constant;
    }

    private static Map<String, Object> example(GoldenSample sample) {
        var example = new LinkedHashMap<String, Object>();
        example.put("name", sample.name());
        example.put("payload", JSON.readValue(sample.json(), TREE));
        return example;
    }
}
