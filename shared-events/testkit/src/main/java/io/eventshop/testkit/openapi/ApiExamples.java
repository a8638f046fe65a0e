package io.eventshop.testkit.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What someone sends who takes the document's examples as they are.
final class ApiExamples {

    private ApiExamples() {}

    static List<ApiRequest> of(
            ApiOperation operation, ApiSchemas schemas, Map<String, String> known) {
        var schema = operation.bodySchema();
        if (schema.isEmpty()) {
            return List.of(withParameters(operation, known));
        }
        var bodies = operation.bodyExamples();
        if (bodies.isEmpty()) {
            bodies = List.of(compose(schema.get(), schemas));
        }
        return bodies.stream()
                .map(body -> {
                    var request = withParameters(operation, known);
                    request.body(body.toString().getBytes(UTF_8));
                    return request;
                })
                .toList();
    }

    private static ApiRequest withParameters(ApiOperation operation, Map<String, String> known) {
        var request = new ApiRequest(operation);
        for (ApiParameter parameter : operation.parameters()) {
            parameter
                    .example()
                    .or(() -> Optional.ofNullable(known.get(parameter.name())))
                    .ifPresent(value -> request.set(parameter, value));
        }
        return request;
    }

    /// Of the properties' examples, as Swagger UI does.
    private static JsonNode compose(JsonNode reference, ApiSchemas schemas) {
        JsonNode schema = schemas.resolve(reference);
        if (schema.has("example")) {
            return schema.get("example");
        }
        ObjectNode example = ApiSchemas.JSON.createObjectNode();
        schema.get("properties")
                .forEachEntry((name, property) -> example.set(name, compose(property, schemas)));
        return example;
    }
}
