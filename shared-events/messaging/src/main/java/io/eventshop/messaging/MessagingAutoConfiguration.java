package io.eventshop.messaging;

import com.fasterxml.uuid.Generators;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.inbox.InboxConfiguration;
import io.eventshop.messaging.internal.outbox.OutboxConfiguration;
import io.eventshop.messaging.transport.Broker;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.IdGenerator;

/// Everything a service needs to publish and consume events, from adding the dependency.
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@Import({OutboxConfiguration.class, InboxConfiguration.class})
@EnableConfigurationProperties({MessagingProperties.class, TransportProperties.class})
public class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// Where no module of a broker has brought one.
    @Bean
    @ConditionalOnMissingBean
    Broker missingBroker(TransportProperties properties) {
        throw new InvalidConfigurationPropertyValueException(
                "eventshop.transport",
                properties.transport(),
                "no module on the class path brings this transport; messaging-kafka brings kafka");
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
