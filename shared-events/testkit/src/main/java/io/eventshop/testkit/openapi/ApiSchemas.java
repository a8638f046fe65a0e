package io.eventshop.testkit.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of one document, which since OpenAPI 3.1 are plain JSON Schema 2020-12.
public final class ApiSchemas {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<JsonNode, Schema> parsed = new HashMap<>();

    ApiSchemas(JsonNode document) {
        this.document = document;
    }

    /// What a reference points to; anything else as it is.
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /// What is wrong with this text, its formats included; nothing if it fits.
    ///
    /// @throws RuntimeException if it is not JSON
    public List<Error> errors(JsonNode schema, String json) {
        return parsed.computeIfAbsent(schema, this::parse)
                .validate(
                        json,
                        InputFormat.JSON,
                        run -> run.executionConfig(it -> it.formatAssertionsEnabled(true)));
    }

    private Schema parse(JsonNode schema) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema);
        root.set("components", document.path("components"));
        return REGISTRY.getSchema(root.toString(), InputFormat.JSON);
    }

    /// The same document, but whose objects have nothing that it does not name: clients may meet
    /// more one day, but today everything has to be documented.
    static JsonNode closed(JsonNode document) {
        var copy = document.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            var _ = object.put("additionalProperties", false);
        }
        node.forEach(ApiSchemas::close);
    }
}
