package io.eventshop.proof.system.fuzz;

import io.eventshop.proof.system.Dice;
import io.eventshop.testkit.openapi.ApiSchemas;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes values that fit a schema.
final class SchemaValues {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int TRIES = 20;
    private static final long SMALL = 5;

    private final ApiSchemas schemas;
    private final Map<String, List<String>> known;

    /// @param known values of properties and parameters, by their names, that name something that
    ///   is there; most often one of them is taken
    SchemaValues(ApiSchemas schemas, Map<String, List<String>> known) {
        this.schemas = schemas;
        this.known = known;
    }

    /// Values that are known to be sound; none where nothing is known of the name.
    List<String> known(String name) {
        return known.getOrDefault(name, List.of());
    }

    JsonNode fitting(String name, JsonNode reference, Dice dice) {
        JsonNode schema = schemas.resolve(reference);
        if (!known(name).isEmpty() && dice.chance(0.8)) {
            return StringNode.valueOf(dice.oneOf(known(name)));
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(dice.below(schema.get("enum").size()));
        }
        return switch (schema.path("type").asString()) {
            case "object" -> object(schema, dice);
            case "array" -> array(name, schema, dice);
            case "integer" -> integer(schema, dice);
            case "boolean" -> JSON.getNodeFactory().booleanNode(dice.chance(0.5));
            default -> StringNode.valueOf(text(schema, dice));
        };
    }

    private ObjectNode object(JsonNode schema, Dice dice) {
        ObjectNode object = JSON.createObjectNode();
        var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties")
                .forEachEntry((name, property) -> {
                    if (required.contains(name) || dice.chance(0.5)) {
                        object.set(name, fitting(name, property, dice));
                    }
                });
        return object;
    }

    private ArrayNode array(String name, JsonNode schema, Dice dice) {
        long least = schema.path("minItems").asLong(0);
        long most = schema.path("maxItems").asLong(least + SMALL);
        ArrayNode array = JSON.createArrayNode();
        long size = dice.between(least, dice.chance(0.9) ? Math.min(most, least + SMALL) : most);
        for (int i = 0; i < size; i++) {
            array.add(fitting(name, schema.get("items"), dice));
        }
        return array;
    }

    private static JsonNode integer(JsonNode schema, Dice dice) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Long.MAX_VALUE / 2);
        long value =
                dice.oneOf(least, most, dice.between(least, most), dice.between(least, least + 9));
        return JSON.getNodeFactory().numberNode(Math.clamp(value, least, most));
    }

    private String text(JsonNode schema, Dice dice) {
        String format = schema.path("format").asString("");
        for (int i = 0; i < TRIES; i++) {
            String text =
                    switch (format) {
                        case "uuid" -> new UUID(dice.between(0, Long.MAX_VALUE), i).toString();
                        case "email" -> "fuzz" + dice.below(1000) + "@example.test";
                        default -> letters(schema.path("maxLength").asInt(40), dice);
                    };
            if (schemas.errors(schema, StringNode.valueOf(text).toString()).isEmpty()) {
                return text;
            }
        }
        return schema.path("example").asString("");
    }

    private static String letters(int most, Dice dice) {
        String alphabet =
                dice.oneOf("ABC-019", "abc xyz", "äßéñ ,.'\"<>&%$", "漢字😀🎹 a", "\\/{}[]");
        int[] points = alphabet.codePoints().toArray();
        int length = (int) dice.between(1, dice.chance(0.2) ? most : Math.min(most, 12));
        return IntStream.range(0, length)
                .map(_ -> points[dice.below(points.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
