package io.eventshop.testkit.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One operation of a document.
///
/// @param method in capitals
/// @param path with its variables, e.g. `/api/v1/orders/{id}`
public record ApiOperation(String method, String path, JsonNode node) {

    private static final String JSON_BODY = "/requestBody/content/application~1json";

    static List<ApiOperation> all(JsonNode document) {
        return document.get("paths")
                .propertyStream()
                .flatMap(path ->
                        path.getValue()
                                .propertyStream()
                                .map(operation ->
                                        new ApiOperation(
                                                operation.getKey().toUpperCase(Locale.ROOT),
                                                path.getKey(),
                                                operation.getValue())))
                .toList();
    }

    public List<ApiParameter> parameters() {
        return node.path("parameters").valueStream().map(ApiParameter::of).toList();
    }

    public Optional<JsonNode> bodySchema() {
        return node.at(JSON_BODY).optional("schema");
    }

    /// Those that are written out; Swagger UI composes one from the properties' where there is
    /// none.
    List<JsonNode> bodyExamples() {
        return node.at(JSON_BODY + "/examples")
                .valueStream()
                .map(example -> example.get("value"))
                .toList();
    }

    /// What is documented for this status: by name, or for all that have no entry of their own.
    JsonNode response(int status) {
        JsonNode responses = node.get("responses");
        return responses.optional(String.valueOf(status)).orElseGet(() -> responses.get("default"));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
