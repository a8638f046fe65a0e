package io.eventshop.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.annotation.Value;

/// Says once what holds for every service and operation: who answers, where, and what a refusal
/// looks like; services document only what is their own.
///
/// The document is committed, so it must not depend on the machine or on the order in which the JVM
/// lists methods: paths, tags and schemas are sorted, and the server is whoever served the
/// document.
final class CommonOpenApi implements GlobalOpenApiCustomizer {

    private static final String ABOUT =
            """
            Part of Event Shop. Every refusal is a problem document (RFC 9457) whose `type` ends in a \
            stable slug. Bodies are read strictly: unknown fields and wrong types are refused. \
            Fields that are null are left out of answers. `X-Correlation-Id` is echoed, or made.\
            """;

    private final String service;

    CommonOpenApi(@Value("${spring.application.name:service}") String service) {
        this.service = service;
    }

    @Override
    public void customise(OpenAPI api) {
        api.setInfo(
                new Info()
                        .title(service)
                        .version("v1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        api.setServers(List.of(new Server().url("/")));
        // No authentication, said aloud.
        api.setSecurity(List.of());
        sort(api);
        api.schema(ProblemSchema.NAME, ProblemSchema.schema());
        var problem = ProblemSchema.response("The request was refused or failed; see `type`");
        var _ = api.getComponents().addResponses(ProblemSchema.NAME, problem);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> complete(operation, api.getComponents()));
    }

    private static void complete(Operation operation, Components named) {
        CommonResponses.add(operation);
        if (operation.getRequestBody() != null) {
            var contents = operation.getRequestBody().getContent().values();
            contents.forEach(content -> close(content.getSchema(), named));
        }
    }

    /// Bodies are read strictly, so their schemas are closed, down to the innermost.
    private static void close(@Nullable Schema<?> schema, Components named) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            close(named.getSchemas().get(RecordSchemas.name(schema)), named);
        }
        close(schema.getItems(), named);
        if (schema.getProperties() != null) {
            schema.setAdditionalProperties(false);
            schema.getProperties().values().forEach(property -> close(property, named));
        }
    }

    private static void sort(OpenAPI api) {
        var paths = new Paths();
        paths.putAll(new TreeMap<>(api.getPaths()));
        api.setPaths(paths);
        if (api.getTags() != null) {
            api.setTags(api.getTags().stream().sorted(Comparator.comparing(Tag::getName)).toList());
        }
        var schemas = api.getComponents().getSchemas();
        if (schemas != null) {
            api.getComponents().setSchemas(new TreeMap<>(schemas));
        }
    }
}
