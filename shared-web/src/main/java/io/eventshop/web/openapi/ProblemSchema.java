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

    static ApiResponse response(String description) {
        return new ApiResponse().description(description).content(content());
    }

    static Content content() {
        var schema = new Schema<>().$ref("#/components/schemas/" + NAME);
        return new Content()
                .addMediaType("application/problem+json", new MediaType().schema(schema));
    }

    static Schema<?> schema() {
        return described("object", "A problem document, RFC 9457")
                .required(List.of("type", "title", "status"))
                .addProperty("type", text("`/problems/` and a stable slug"))
                .addProperty("title", text("The same for every problem of this type"))
                .addProperty("status", described("integer", "The HTTP status"))
                .addProperty("detail", text("What was wrong this time"))
                .addProperty("instance", text("The path of the request"))
                .addProperty("errors", flaws());
    }

    private static Schema<?> flaws() {
        Schema<?> flaw =
                described("object", "One wrong part of the request")
                        .required(List.of("detail"))
                        .addProperty(
                                "pointer", text("A JSON pointer into the body, e.g. /lines/0/sku"))
                        .addProperty(
                                "parameter", text("A path variable, query parameter or header"))
                        .addProperty("detail", text("What is wrong with it"));
        return described("array", "Which parts were wrong").items(flaw);
    }

    private static Schema<?> text(String description) {
        return described("string", description);
    }

    private static Schema<?> described(String type, String description) {
        return new Schema<>().types(Set.of(type)).description(description);
    }
}
