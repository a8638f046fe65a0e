package io.eventshop.contracts.gate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Schemas as the tables of `docs/compatibility-rules.md` write them.
final class Shorthand {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Shorthand() {}

    /// A whole schema, with its dialect.
    static JsonNode schema(String shorthand) {
        var schema = (ObjectNode) expand(JSON.readTree(shorthand));
        return schema.has("$schema") ? schema : schema.put("$schema", Vocabulary.DIALECT);
    }

    private static JsonNode expand(JsonNode node) {
        if (node.isString()) {
            return JSON.createObjectNode().set("type", node);
        }
        if (!(node instanceof ObjectNode object) || object.has("oneOf")) {
            return node;
        }
        return object.has("type") ? expandSchema(object) : closedObject(object);
    }

    private static ObjectNode expandSchema(ObjectNode schema) {
        var expanded = schema.deepCopy();
        if (schema.has("items")) {
            expanded.set("items", expand(schema.path("items")));
        }
        if (schema.path("properties") instanceof ObjectNode properties) {
            var fields = expanded.putObject("properties");
            properties.forEachEntry((name, value) -> fields.set(name, expand(value)));
        }
        return expanded;
    }

    private static ObjectNode closedObject(ObjectNode fields) {
        var schema = JSON.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        fields.forEachEntry((name, value) -> {
            String plain = name.replace("!", "");
            properties.set(plain, expand(value));
            if (!plain.equals(name)) {
                required.add(plain);
            }
        });
        return schema.put("additionalProperties", false);
    }
}
