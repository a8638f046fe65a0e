package io.eventshop.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/// Says once what holds for every operation: who answers, and what a problem looks like. Each
/// operation gets the problem as its `default` response; services document only the answers that
/// are their own.
final class CommonOpenApi implements GlobalOpenApiCustomizer {

    private static final String PROBLEM = "Problem";

    private static final String ABOUT =
            """
            Part of Event Shop. Every refusal is a problem document (RFC 9457) whose `type` ends in a \
            stable slug. Bodies are read strictly: unknown fields and wrong types are refused. \
            Fields that are null are left out of answers. `X-Correlation-Id` is echoed, or made.\
            """;

    private final String service;

    CommonOpenApi(String service) {
        this.service = service;
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(
                new Info()
                        .title(service)
                        .version("v1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0")));
        if (api.getComponents() == null) {
            api.setComponents(new Components());
        }
        var _ = api.getComponents().addSchemas(PROBLEM, problem());
        var _ = api.getComponents().addResponses(PROBLEM, response());
        if (api.getPaths() != null) {
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(CommonOpenApi::addProblem);
        }
    }

    private static void addProblem(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        var _ =
                operation
                        .getResponses()
                        .putIfAbsent(
                                ApiResponses.DEFAULT,
                                new ApiResponse().$ref("#/components/responses/" + PROBLEM));
    }

    private static ApiResponse response() {
        return new ApiResponse()
                .description("The request was refused or failed; see `type`")
                .content(
                        new Content()
                                .addMediaType(
                                        "application/problem+json",
                                        new MediaType()
                                                .schema(
                                                        new Schema<>()
                                                                .$ref(
                                                                        "#/components/schemas/"
                                                                                + PROBLEM))));
    }

    private static Schema<Object> problem() {
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
