package io.eventshop.web.json;

import io.eventshop.web.WebProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/// Gives the strict mapper to MVC and to nobody else: it is no bean.
@Configuration(proxyBeanMethods = false)
public class JsonConfiguration {

    /// Last, so that it replaces the converter over the application's own mapper.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ServerHttpMessageConvertersCustomizer strictJson(WebProperties properties) {
        var mapper = HttpJson.mapper(properties.jsonStringMax(), properties.jsonDepthMax());
        return converters ->
                converters.withJsonConverter(new JacksonJsonHttpMessageConverter(mapper));
    }
}
