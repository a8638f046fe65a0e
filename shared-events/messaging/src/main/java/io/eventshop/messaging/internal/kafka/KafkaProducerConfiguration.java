package io.eventshop.messaging.internal.kafka;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.internal.outbox.OutboxProperties;
import io.eventshop.messaging.internal.transport.Transport;
import java.util.List;
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
            EventCatalog catalog,
            OutboxProperties properties,
            @Value("${spring.application.name}") String application) {
        return new OwnedTopics(
                connection.getConfigurationProperties(),
                catalog.topicsOf(application),
                properties.topicReplication());
    }

    @Bean
    BackgroundWork topicDeclaration(OwnedTopics topics) {
        return new BackgroundWork("owned-topics", () -> List.of(topics));
    }
}
