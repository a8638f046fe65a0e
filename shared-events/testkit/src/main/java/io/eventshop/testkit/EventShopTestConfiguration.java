package io.eventshop.testkit;

import io.eventshop.launcher.servers.KafkaServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/// Gives a context a fresh database and the JVM's Kafka broker: `@Import` it on a test.
///
/// The broker is shared. Two contexts of one service in a JVM read the same topics in the same
/// consumer groups, so a module keeps to one context. A test that stops the broker has one of its
/// own, a bean of type [KafkaServer].
@TestConfiguration(proxyBeanMethods = false)
@Import({CountedEvents.class, Silence.class})
public class EventShopTestConfiguration {

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails() {
        var database = TestServers.database("test");
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.url();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }

    @Bean
    DynamicPropertyRegistrar broker(ObjectProvider<KafkaServer> own) {
        return registry ->
                registry.add(
                        "spring.kafka.bootstrap-servers",
                        () ->
                                own.stream()
                                        .map(KafkaServer::bootstrapServers)
                                        .findFirst()
                                        .orElseGet(TestServers::kafkaBootstrapServers));
    }
}
