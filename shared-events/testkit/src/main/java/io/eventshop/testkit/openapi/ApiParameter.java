package io.eventshop.testkit.openapi;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// @param in `path`, `query` or `header`
public record ApiParameter(
        String name, String in, boolean required, JsonNode schema, Optional<String> example) {

    static ApiParameter of(JsonNode node) {
        return new ApiParameter(
                node.get("name").asString(),
                node.get("in").asString(),
                node.path("required").asBoolean(),
                node.get("schema"),
                node.optional("example").map(JsonNode::asString));
    }
}
