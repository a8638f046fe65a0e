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
        switch (parameter.getName()) {
            case "If-Match" ->
                    parameter.setDescription("Only if it still has this ETag, with its quotes");
            case "If-None-Match" ->
                    parameter.setDescription("Only if it has another ETag than this");
            case "Prefer" -> {
                parameter.setDescription("Wait up to so many seconds for the final state");
                parameter.setExample("wait=5");
            }
            case "Idempotency-Key" -> {
                parameter.setDescription(
                        "Sent again with the same key, it has one effect; kept for a day");
                parameter.setSchema(TextSchemas.ofPattern("^[!-~]{1,255}$"));
            }
            case "limit" -> {
                parameter.setDescription("How many at most");
                parameter.setSchema(size());
                parameter.setExample(Integer.valueOf(PageSize.DEFAULT));
            }
            case "cursor" ->
                    parameter.setDescription(
                            "The `next` of the page before, with the same filters");
            default -> {}
        }
        return parameter;
    }

    /// A new one: parameters of one type may share theirs.
    private static Schema<?> size() {
        var size = new Schema<Integer>();
        size.setTypes(Set.of("integer"));
        size.setMinimum(BigDecimal.ONE);
        size.setMaximum(BigDecimal.valueOf(PageSize.MAX));
        return size;
    }
}
