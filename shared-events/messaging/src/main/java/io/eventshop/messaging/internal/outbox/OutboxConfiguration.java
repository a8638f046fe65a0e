package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.OutboxRoom;
import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.transport.Broker;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.IdGenerator;

/// Wires the outbox and its relay.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxProperties.class)
@Import({
    TraceContext.class,
    Relay.class,
    RelayPool.class,
    OutboxMeters.class,
    OutboxEndpoint.class,
    ParkedKeys.class
})
public class OutboxConfiguration {

    @Bean
    Stamp stamp(
            MessagingProperties properties,
            EventCatalog catalog,
            EventCodec codec,
            Clock clock,
            IdGenerator ids,
            TraceContext trace) {
        return new Stamp(properties, catalog, codec, clock, ids, trace);
    }

    @Bean
    OutboxTable outbox(
            PlatformTransactionManager transactions,
            DataSource dataSource,
            ObjectProvider<AggregateTable> tables,
            Stamp stamp,
            ObjectProvider<AppendListener> listeners,
            Relay relay) {
        var participating = new TransactionTemplate(transactions);
        participating.setPropagationBehavior(TransactionDefinition.PROPAGATION_MANDATORY);
        var statements =
                AppendStatement.all(JdbcClient.create(dataSource), tables.stream().toList());
        return new OutboxTable(
                participating, statements, stamp, listeners.stream().toList(), relay::wake);
    }

    /// Its name is the health's.
    @Bean
    OwnedTopics ownedTopics(
            Broker broker,
            EventCatalog catalog,
            OutboxProperties properties,
            @Value("${spring.application.name}") String application) {
        return new OwnedTopics(
                broker, catalog.topicsOf(application), properties.topicReplication());
    }

    @Bean
    BackgroundWork topicDeclaration(OwnedTopics topics) {
        return new BackgroundWork("owned-topics", () -> List.of(topics));
    }

    @Bean
    OutboxRoom outboxRoom(RelayPool pool, OutboxProperties properties) {
        int max = properties.backlogMax();
        return new OutboxRoom(max, () -> OutboxState.countUpTo(max, pool.dataSource()));
    }
}
