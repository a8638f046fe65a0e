package io.eventshop.web.schema;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this package.
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    @Bean
    SchemaController schemaController(@Value("${spring.application.name:service}") String service) {
        return new SchemaController(service);
    }
}
