package io.eventshop.web.openapi;

import io.eventshop.web.limits.PlainText;
import io.eventshop.web.paging.PageSize;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;

/// Documents the headers and query parameters that mean the same everywhere, by their names, and
/// what our own constraints demand of the rest.
final class CommonParameters implements ParameterCustomizer {

    @Override
    public @Nullable Parameter customize(@Nullable Parameter parameter, MethodParameter method) {
        if (parameter == null || parameter.getSchema() == null) {
            return parameter;
        }
        TextSchemas.constrain(
                parameter.getSchema(), method.getParameterAnnotation(PlainText.class));
        // Schemas are new ones: parameters of one type may share theirs.
        return switch (parameter.getName()) {
            case "If-Match" ->
                    parameter.description("Only if it still has this ETag, with its quotes");
            case "If-None-Match" -> parameter.description("Only if it has another ETag than this");
            case "Prefer" ->
                    parameter
                            .description("Wait up to so many seconds for the final state")
                            .example("wait=5");
            case "Idempotency-Key" ->
                    parameter
                            .description(
                                    "Sent again with the same key, it has one effect; kept for a"
                                            + " day")
                            .schema(
                                    new Schema<>()
                                            .types(Set.of("string"))
                                            .pattern("^[!-~]{1,255}$"));
            case "limit" ->
                    parameter
                            .description("How many at most")
                            .schema(
                                    new Schema<>()
                                            .types(Set.of("integer"))
                                            .minimum(BigDecimal.ONE)
                                            .maximum(BigDecimal.valueOf(PageSize.MAX)))
                            .example(Integer.valueOf(PageSize.DEFAULT));
            case "cursor" ->
                    parameter.description("The `next` of the page before, with the same filters");
            default -> parameter;
        };
    }
}
