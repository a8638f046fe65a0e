package io.eventshop.contracts.gate;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Sku;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Compares a record with the schema of its JSON: names, what may be absent, and types, as the
/// codec of `messaging` reads and writes them.
final class RecordShape {

    /// What a reader sees for an enum value that is younger than itself; never on the wire.
    private static final String UNKNOWN = "UNKNOWN";

    private final List<String> drift = new ArrayList<>();

    private RecordShape() {}

    static List<String> drift(Class<?> type, JsonNode schema) {
        var shape = new RecordShape();
        shape.compareRecord("", type, schema);
        return shape.drift;
    }

    private void compareRecord(String pointer, Class<?> type, JsonNode schema) {
        expect(pointer, schema, "type", "object", type);
        var properties = schema.path("properties");
        var required = schema.path("required").values().stream().map(JsonNode::asString).toList();
        var components = type.getRecordComponents();
        for (var component : components) {
            String at = pointer + "/" + component.getName();
            var property = properties.path(component.getName());
            if (property.isMissingNode()) {
                add(at, "is in the record " + type.getSimpleName() + " and not in the schema");
                continue;
            }
            compareNecessity(at, component, required.contains(component.getName()));
            compare(at, component.getAnnotatedType(), property);
        }
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        properties.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .forEach(name ->
                        add(
                                pointer + "/" + name,
                                "is in the schema and not in the record " + type.getSimpleName()));
    }

    private void compareNecessity(String at, RecordComponent component, boolean required) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (required && nullable) {
            add(at, "is required in the schema and @Nullable in the record");
        }
        if (!required && !nullable) {
            add(at, "is optional in the schema and not @Nullable in the record");
        }
    }

    private void compare(String at, AnnotatedType annotated, JsonNode schema) {
        if (annotated instanceof AnnotatedParameterizedType list) {
            expect(at, schema, "type", "array", List.class);
            compare(at + "/*", list.getAnnotatedActualTypeArguments()[0], schema.path("items"));
            return;
        }
        var type = (Class<?>) annotated.getType();
        if (type.isEnum()) {
            compareEnum(at, type, schema);
        } else if (type == Sku.class) {
            expect(at, schema, "type", "string", type);
            expect(at, schema, "pattern", "^" + Sku.PATTERN + "$", type);
        } else if (type == UUID.class) {
            expect(at, schema, "type", "string", type);
            expect(at, schema, "format", "uuid", type);
        } else if (type == Instant.class) {
            expect(at, schema, "type", "string", type);
            expect(at, schema, "format", "date-time", type);
        } else if (type == String.class || type == EmailAddress.class) {
            expect(at, schema, "type", "string", type);
        } else if (type == long.class || type == Long.class) {
            expect(at, schema, "type", "integer", type);
        } else if (type == int.class || type == Integer.class) {
            expect(at, schema, "type", "integer", type);
            expectRangeOfInt(at, schema);
        } else if (type == BigDecimal.class) {
            expect(at, schema, "type", "number", type);
        } else if (type == boolean.class || type == Boolean.class) {
            expect(at, schema, "type", "boolean", type);
        } else if (type.isRecord()) {
            compareRecord(at, type, schema);
        } else {
            add(at, "is a " + type.getName() + ", for which there is no JSON; use another type");
        }
    }

    private void compareEnum(String at, Class<?> type, JsonNode schema) {
        var constants =
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList();
        if (!constants.contains(UNKNOWN)) {
            add(at, "has no constant UNKNOWN for what is younger than its reader");
        }
        var written = constants.stream().filter(name -> !name.equals(UNKNOWN)).toList();
        var allowed = schema.path("enum").values().stream().map(JsonNode::asString).toList();
        if (!allowed.equals(written)) {
            add(at, "can be %s in the schema and %s in the record".formatted(allowed, written));
        }
    }

    private void expectRangeOfInt(String at, JsonNode schema) {
        boolean fits = schema.path("minimum").isInt() && schema.path("maximum").isInt();
        if (!fits) {
            add(at, "is an int in the record, and the schema allows more; bound it or use long");
        }
    }

    private void expect(String at, JsonNode schema, String keyword, String value, Class<?> type) {
        var found = schema.path(keyword).asString("nothing");
        if (!found.equals(value)) {
            add(
                    at,
                    "is a %s in the record, so its %s is %s and not %s"
                            .formatted(type.getSimpleName(), keyword, value, found));
        }
    }

    private void add(String at, String what) {
        drift.add("`%s` %s".formatted(Vocabulary.shown(at), what));
    }
}
