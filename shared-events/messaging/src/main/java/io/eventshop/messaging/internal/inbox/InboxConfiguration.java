package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/// Puts the inbox together, on the service's own database and transaction manager: with JPA, the
/// statements of the inbox and the effects of the handlers share one transaction and connection.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
public class InboxConfiguration {

    @Bean
    BoundedTransactions inboxTransactions(
            PlatformTransactionManager transactionManager,
            DataSource dataSource,
            InboxProperties properties) {
        return new BoundedTransactions(
                transactionManager, new JdbcTemplate(dataSource), properties);
    }

    /// @param messagingSchema makes the tables first
    @Bean
    ProcessedMessages processedMessages(DataSource dataSource, SchemaMigration messagingSchema) {
        return new ProcessedMessages(new JdbcTemplate(dataSource));
    }

    /// @param messagingSchema makes the tables first
    @Bean
    DeadLetters deadLetters(DataSource dataSource, SchemaMigration messagingSchema) {
        return new DeadLetters(new JdbcTemplate(dataSource));
    }

    @Bean
    IncomingReader incomingReader(EventCatalog catalog, EventCodec codec) {
        return new IncomingReader(catalog, codec);
    }

    @Bean
    Handling inboxHandling(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        return new Handling(tracer.getIfAvailable(), propagator.getIfAvailable());
    }

    @Bean
    InboxMeters inboxMeters(
            MeterRegistry registry,
            Clock clock,
            DeadLetters deadLetters,
            ObjectProvider<Subscription> subscriptions) {
        var consumers = subscriptions.stream().map(Subscription::name).toList();
        return new InboxMeters(registry, clock, deadLetters, consumers);
    }

    @Bean
    Inbox inbox(
            IncomingReader reader,
            BoundedTransactions transactions,
            ProcessedMessages processed,
            DeadLetters deadLetters,
            Handling handling,
            InboxMeters meters,
            InboxProperties properties) {
        var batchTransaction = new BatchTransaction(processed, deadLetters, handling);
        return new Inbox(reader, transactions, batchTransaction, meters, properties);
    }

    @Bean
    ProcessedMessageCleaner processedMessageCleaner(
            ProcessedMessages processed,
            InboxProperties properties,
            ObjectProvider<Subscription> subscriptions) {
        return new ProcessedMessageCleaner(processed, properties, subscriptions.stream().toList());
    }

    @Bean
    DeadLetterDesk deadLetterDesk(
            ObjectProvider<Subscription> subscriptions,
            IncomingReader reader,
            BoundedTransactions transactions,
            DeadLetters deadLetters,
            Handling handling,
            InboxProperties properties) {
        var byName = subscriptions.stream().collect(Collectors.toMap(Subscription::name, it -> it));
        return new DeadLetterDesk(byName, reader, transactions, deadLetters, handling, properties);
    }

    @Bean
    DeadLettersEndpoint deadLettersEndpoint(
            DeadLetters deadLetters,
            DeadLetterDesk desk,
            EventCatalog catalog,
            MessagingProperties messaging,
            InboxProperties properties) {
        return new DeadLettersEndpoint(
                deadLetters,
                desk,
                new PersonalData(catalog),
                messaging.writeOperations(),
                properties.listMax());
    }
}
