package io.eventshop.messaging;

import com.fasterxml.uuid.Generators;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.inbox.InboxConfiguration;
import io.eventshop.messaging.internal.kafka.KafkaListenerConfiguration;
import io.eventshop.messaging.internal.kafka.KafkaProducerConfiguration;
import io.eventshop.messaging.internal.outbox.OutboxConfiguration;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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

    /// UUIDv7: unique without coordination, and close together in an index.
    @Bean
    @ConditionalOnMissingBean
    IdGenerator idGenerator() {
        return Generators.timeBasedEpochGenerator()::generate;
    }
}
