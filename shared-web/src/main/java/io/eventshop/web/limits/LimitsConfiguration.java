package io.eventshop.web.limits;

import io.eventshop.messaging.OutboxRoom;
import io.eventshop.messaging.database.DataSourceLayer;
import io.eventshop.web.WebProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.MappedInterceptor;

/// The beans of this package. Their filters stand behind those that name the flow and write
/// problems.
@Configuration(proxyBeanMethods = false)
public class LimitsConfiguration {

    private static final int AFTER_PROBLEMS = Ordered.HIGHEST_PRECEDENCE + 30;

    @Bean
    Admission admission(WebProperties properties) {
        return new Admission(properties.requestsMax(), properties.admissionTimeout());
    }

    @Bean
    CarrierThreads carrierThreads() {
        return new CarrierThreads();
    }

    /// A service without events has none.
    @Bean
    @ConditionalOnBean(OutboxRoom.class)
    @FilterRegistration(order = AFTER_PROBLEMS)
    OutboxRoomFilter outboxRoomFilter(OutboxRoom room) {
        return new OutboxRoomFilter(room);
    }

    @Bean
    @FilterRegistration(order = AFTER_PROBLEMS + 1)
    AdmissionFilter admissionFilter(Admission admission) {
        return new AdmissionFilter(admission);
    }

    @Bean
    @FilterRegistration(order = AFTER_PROBLEMS + 2)
    RequestBodyFilter requestBodyFilter(WebProperties properties) {
        return new RequestBodyFilter(properties.bodySizeMax().toBytes());
    }

    @Bean
    MappedInterceptor exactParameters() {
        return new MappedInterceptor(new String[] {"/api/**"}, new ExactParameters());
    }

    @Bean
    DataSourceLayer requestConnections(WebProperties properties) {
        return pool -> new RequestConnections(pool, properties.databaseAnswerTimeout());
    }
}
