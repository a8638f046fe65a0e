package io.eventshop.web.json;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.handler.MappedInterceptor;

/// Gives the strict mapper to MVC and to nobody else: it is no bean. What is outside of `/api`,
/// e.g. JSON Schemas and the API documentation, may be of other types.
@Configuration(proxyBeanMethods = false)
public class JsonConfiguration {

    /// Last, so that it replaces the converter over the application's own mapper.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer strictJson() {
        return converters ->
                converters.withJsonConverter(
                        new JacksonJsonHttpMessageConverter(HttpJson.mapper()));
    }

    @Bean
    MappedInterceptor jsonOnly() {
        return new MappedInterceptor(new String[] {"/api/**"}, new JsonOnly());
    }
}
