package io.eventshop.web.openapi;

import io.swagger.v3.core.converter.ModelConverter;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this package.
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    @Bean
    GlobalOpenApiCustomizer commonOpenApi(
            @Value("${spring.application.name:service}") String service) {
        return new CommonOpenApi(service);
    }

    @Bean
    ParameterCustomizer commonParameters() {
        return new CommonParameters();
    }

    @Bean
    ModelConverter recordSchemas() {
        return new RecordSchemas();
    }
}
