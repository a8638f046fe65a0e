package io.eventshop.web.schema;

import io.eventshop.contracts.EventCatalog;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this package.
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {

    @Bean
    SchemaController schemaController(
            EventCatalog catalog, @Value("${spring.application.name:service}") String service) {
        return new SchemaController(catalog, service);
    }
}
