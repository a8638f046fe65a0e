package io.eventshop.messaging.kafka;

import io.eventshop.contracts.Topics;
import io.eventshop.messaging.outbox.OutboxProperties;
import io.eventshop.messaging.transport.Transport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/// Wires the side that writes to Kafka. Boot's factories are asked only for where the cluster is
/// and how to log in.
@Configuration(proxyBeanMethods = false)
public class KafkaProducerConfiguration {

    /// A new one for each relay loop.
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    Transport kafkaTransport(ProducerFactory<?, ?> connection) {
        return new KafkaTransport(connection.getConfigurationProperties());
    }

    @Bean
    OwnedTopics ownedTopics(
            KafkaAdmin connection,
            OutboxProperties properties,
            @Value("${spring.application.name}") String application) {
        return new OwnedTopics(
                connection.getConfigurationProperties(),
                Topics.ALL.stream().filter(topic -> topic.owner().equals(application)).toList(),
                properties.topicReplication());
    }
}
