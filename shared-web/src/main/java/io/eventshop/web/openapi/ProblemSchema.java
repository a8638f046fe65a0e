package io.eventshop.web.openapi;

import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;

/// What a problem looks like, RFC 9457.
final class ProblemSchema {

    static final String NAME = "Problem";

    private ProblemSchema() {}

    static ApiResponse response() {
        return new ApiResponse()
                .description("The request was refused or failed; see `type`")
                .content(content());
    }

    static Content content() {
        var schema = new Schema<>().$ref("#/components/schemas/" + NAME);
        return new Content()
                .addMediaType("application/problem+json", new MediaType().schema(schema));
    }

    static Schema<Object> schema() {
        Schema<Object> problem = described("object", "A problem document, RFC 9457");
        problem.addProperty("type", text("`/problems/` and a stable slug"));
        problem.addProperty("title", text("The same for every problem of this type"));
        problem.addProperty("status", described("integer", "The HTTP status"));
        problem.addProperty("detail", text("What was wrong this time"));
        problem.addProperty("instance", text("The path of the request"));
        problem.addProperty("errors", flaws());
        problem.setRequired(List.of("type", "title", "status"));
        return problem;
    }

    private static Schema<Object> flaws() {
        Schema<Object> flaw = described("object", "One wrong part of the request");
        flaw.addProperty("pointer", text("A JSON pointer into the body, e.g. /lines/0/sku"));
        flaw.addProperty("parameter", text("A path variable, query parameter or header"));
        flaw.addProperty("detail", text("What is wrong with it"));
        flaw.setRequired(List.of("detail"));
        Schema<Object> flaws = described("array", "Which parts were wrong");
        flaws.setItems(flaw);
        return flaws;
    }

    private static Schema<Object> text(String description) {
        return described("string", description);
    }

    private static Schema<Object> described(String type, String description) {
        Schema<Object> schema = new Schema<>();
        schema.setType(type);
        schema.setTypes(Set.of(type));
        schema.setDescription(description);
        return schema;
    }
}
