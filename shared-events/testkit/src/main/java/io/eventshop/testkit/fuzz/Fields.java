package io.eventshop.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.testkit.Dice;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Replaces, removes or adds one part of a JSON document.
public final class Fields {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e400",
                    "1e999999999",
                    "9223372036854775808",
                    "1" + "0".repeat(60),
                    "\"\"",
                    "\" \"",
                    "\"5\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\u202e\"",
                    "\"" + "x".repeat(5000) + "\"",
                    "[]",
                    "{}",
                    "[[[[[]]]]]",
                    "{\"a\":{\"b\":{}}}",
                    "[".repeat(600) + "]".repeat(600));

    private Fields() {}

    public static byte[] spoil(byte[] json, Dice dice) {
        JsonNode document = JSON.readTree(json);
        var containers = new ArrayList<JsonNode>();
        collect(document, containers);
        switch (dice.oneOf(containers)) {
            case ArrayNode array when !array.isEmpty() ->
                    array.set(dice.below(array.size()), value(dice));
            case ArrayNode array -> array.add(value(dice));
            case ObjectNode object -> spoil(object, dice);
            default -> throw new IllegalStateException("neither an array nor an object");
        }
        return document.toString().getBytes(UTF_8);
    }

    private static void spoil(ObjectNode object, Dice dice) {
        var names = List.copyOf(object.propertyNames());
        String name = names.isEmpty() ? "first" : dice.oneOf(names);
        switch (dice.below(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(dice.oneOf("extra", name + " ", ""), value(dice));
            default -> object.set(name, value(dice));
        }
    }

    private static JsonNode value(Dice dice) {
        return JSON.getNodeFactory().rawValueNode(new RawValue(dice.oneOf(VALUES)));
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
