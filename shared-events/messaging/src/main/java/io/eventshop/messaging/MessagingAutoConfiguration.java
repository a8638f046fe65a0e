package io.eventshop.messaging;

import com.fasterxml.uuid.Generators;
import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.database.ReconnectingDataSource;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.inbox.InboxConfiguration;
import io.eventshop.messaging.internal.kafka.KafkaListenerConfiguration;
import io.eventshop.messaging.internal.kafka.KafkaProducerConfiguration;
import io.eventshop.messaging.internal.outbox.OutboxConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.IdGenerator;

/// Everything a service needs to publish and consume events, from adding the dependency.
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@Import({
    OutboxConfiguration.class,
    KafkaProducerConfiguration.class,
    InboxConfiguration.class,
    KafkaListenerConfiguration.class
})
@EnableConfigurationProperties(MessagingProperties.class)
public class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventCodec eventCodec(EventCatalog catalog) {
        return new EventCodec(catalog);
    }

    @Bean
    SchemaMigration messagingSchema(DataSource dataSource) {
        return new SchemaMigration(dataSource, "messaging", "classpath:db/messaging");
    }

    /// The service's own migrations are bounded by as little as the library's.
    @Bean
    FlywayConfigurationCustomizer unboundedMigrations() {
        return flyway -> flyway.dataSource(SchemaMigration.unbounded(flyway.getDataSource()));
    }

    /// Once a pool has its settings, and before anybody uses it.
    @Bean
    static BeanPostProcessor reconnectingPools() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    ReconnectingDataSource.under(pool);
                }
                return bean;
            }
        };
    }

    /// UUIDv7: unique without coordination, and close together in an index.
    @Bean
    @ConditionalOnMissingBean
    IdGenerator idGenerator() {
        return Generators.timeBasedEpochGenerator()::generate;
    }
}
