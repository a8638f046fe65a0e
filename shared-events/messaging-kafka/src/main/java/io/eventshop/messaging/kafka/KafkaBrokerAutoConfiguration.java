package io.eventshop.messaging.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/// Kafka as the transport, unless `eventshop.transport` says another. Connection and security are
/// Boot's, from `spring.kafka`: its factories are asked for nothing else.
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        beforeName = "io.eventshop.messaging.MessagingAutoConfiguration")
@ConditionalOnProperty(name = "eventshop.transport", havingValue = "kafka", matchIfMissing = true)
public class KafkaBrokerAutoConfiguration {

    @Bean
    KafkaBroker kafkaBroker(
            ProducerFactory<?, ?> producers,
            ConsumerFactory<?, ?> consumers,
            KafkaAdmin admin,
            MeterRegistry registry) {
        return new KafkaBroker(
                producers.getConfigurationProperties(),
                consumers.getConfigurationProperties(),
                admin.getConfigurationProperties(),
                registry);
    }
}
