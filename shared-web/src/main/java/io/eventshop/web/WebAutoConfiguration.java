package io.eventshop.web;

import io.eventshop.messaging.MessagingAutoConfiguration;
import io.eventshop.web.headers.CorrelationFilter;
import io.eventshop.web.idempotency.IdempotencyConfiguration;
import io.eventshop.web.json.JsonConfiguration;
import io.eventshop.web.limits.LimitsConfiguration;
import io.eventshop.web.openapi.OpenApiConfiguration;
import io.eventshop.web.problem.ProblemConfiguration;
import io.eventshop.web.schema.SchemaController;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The REST conventions of every service, from adding the dependency.
@AutoConfiguration(
        after = MessagingAutoConfiguration.class,
        before = {WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(WebProperties.class)
@Import({
    CorrelationFilter.class,
    ProblemConfiguration.class,
    LimitsConfiguration.class,
    JsonConfiguration.class,
    IdempotencyConfiguration.class,
    OpenApiConfiguration.class,
    SchemaController.class
})
public class WebAutoConfiguration {}
