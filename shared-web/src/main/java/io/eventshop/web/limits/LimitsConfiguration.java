package io.eventshop.web.limits;

import io.eventshop.messaging.OutboxRoom;
import io.eventshop.messaging.database.DataSourceLayer;
import io.eventshop.web.WebProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The beans of this package. Their filters stand behind those that name the flow and write
/// problems.
@Configuration(proxyBeanMethods = false)
public class LimitsConfiguration {

    private static final int AFTER_PROBLEMS = Ordered.HIGHEST_PRECEDENCE + 30;

    @Bean
    Admission admission(WebProperties properties) {
        return new Admission(properties.requestsMax(), properties.admissionWait());
    }

    @Bean
    CarrierThreads carrierThreads() {
        return new CarrierThreads();
    }

    /// A service without events has none.
    @Bean
    @ConditionalOnBean(OutboxRoom.class)
    FilterRegistrationBean<OutboxRoomFilter> outboxRoomFilter(
            OutboxRoom room, WebProperties properties) {
        var filter =
                new FilterRegistrationBean<>(new OutboxRoomFilter(room, properties.retryAfter()));
        filter.setOrder(AFTER_PROBLEMS);
        return filter;
    }

    @Bean
    FilterRegistrationBean<AdmissionFilter> admissionFilter(
            Admission admission, WebProperties properties) {
        var filter =
                new FilterRegistrationBean<>(
                        new AdmissionFilter(admission, properties.retryAfter()));
        filter.setOrder(AFTER_PROBLEMS + 1);
        return filter;
    }

    @Bean
    WebMvcConfigurer exactParameters() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                var _ = registry.addInterceptor(new ExactParameters()).addPathPatterns("/api/**");
            }
        };
    }

    @Bean
    FilterRegistrationBean<RequestBodyFilter> requestBodyFilter(WebProperties properties) {
        var filter =
                new FilterRegistrationBean<>(
                        new RequestBodyFilter(properties.bodySizeMax().toBytes()));
        filter.setOrder(AFTER_PROBLEMS + 2);
        return filter;
    }

    @Bean
    DataSourceLayer requestConnections(WebProperties properties) {
        return pool -> new RequestConnections(pool, properties.databaseAnswerMax());
    }
}
