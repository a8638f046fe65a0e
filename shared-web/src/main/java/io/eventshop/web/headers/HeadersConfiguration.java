package io.eventshop.web.headers;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.IdGenerator;

/// The beans of this package. Their filter stands behind the one that opens the trace.
@Configuration(proxyBeanMethods = false)
public class HeadersConfiguration {

    @Bean
    FilterRegistrationBean<CorrelationFilter> correlationFilter(IdGenerator ids) {
        var filter = new FilterRegistrationBean<>(new CorrelationFilter(ids));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }
}
