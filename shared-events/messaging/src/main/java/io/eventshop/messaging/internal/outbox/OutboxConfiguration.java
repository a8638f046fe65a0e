package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.OutboxRoom;
import io.eventshop.messaging.internal.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Wires the outbox and its relay.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxProperties.class)
@Import({Stamp.class, TraceContext.class})
public class OutboxConfiguration {

    @Bean
    Outbox outbox(
            DataSource dataSource,
            ObjectProvider<AggregateTable> tables,
            EventCatalog catalog,
            Stamp stamp,
            Relay relay) {
        return new OutboxTable(
                JdbcClient.create(dataSource),
                tables.stream().toList(),
                catalog,
                stamp,
                relay::wake);
    }

    @Bean
    RelayPool outboxRelayPool(JdbcConnectionDetails database, OutboxProperties properties) {
        return new RelayPool(database, properties.ackDeadline());
    }

    /// @param transports makes a new one each time it is asked
    @Bean
    Relay outboxRelay(
            RelayPool pool,
            ObjectProvider<Transport> transports,
            OutboxProperties properties,
            OutboxMeters meters) {
        return new Relay(pool.dataSource(), transports::getObject, properties, meters);
    }

    @Bean
    OutboxMeters outboxMeters(MeterRegistry registry, RelayPool pool) {
        var jdbc = JdbcClient.create(pool.dataSource());
        return new OutboxMeters(registry, () -> OutboxState.read(jdbc));
    }

    @Bean
    OutboxRoom outboxRoom(RelayPool pool, OutboxProperties properties) {
        var jdbc = JdbcClient.create(pool.dataSource());
        return new OutboxRoom(
                properties.backlogMax(),
                () -> OutboxState.countUpTo(properties.backlogMax(), jdbc));
    }

    @Bean
    OutboxEndpoint outboxEndpoint(
            RelayPool pool,
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            MessagingProperties properties) {
        var relayJdbc = JdbcClient.create(pool.dataSource());
        var parkedKeys =
                new ParkedKeys(
                        JdbcClient.create(dataSource), new TransactionTemplate(transactionManager));
        return new OutboxEndpoint(
                () -> OutboxState.read(relayJdbc), parkedKeys, properties.writeOperations());
    }
}
