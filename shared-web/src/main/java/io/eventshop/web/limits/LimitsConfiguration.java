package io.eventshop.web.limits;

import io.eventshop.messaging.database.DataSourceLayer;
import io.eventshop.web.WebProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.MappedInterceptor;

/// The beans of this package. Their filters stand behind those that name the flow and write
/// problems.
@Configuration(proxyBeanMethods = false)
@Import({
    Admission.class,
    CarrierThreads.class,
    OutboxRoomFilter.class,
    RequestBodyFilter.class,
    AdmissionFilter.class,
    PromptRequests.class
})
public class LimitsConfiguration {

    static final int AFTER_PROBLEMS = Ordered.HIGHEST_PRECEDENCE + 30;

    @Bean
    MappedInterceptor exactParameters() {
        return new MappedInterceptor(new String[] {"/api/**"}, new ExactParameters());
    }

    @Bean
    DataSourceLayer requestConnections(WebProperties properties) {
        return pool -> new RequestConnections(pool, properties.databaseAnswerTimeout());
    }
}
