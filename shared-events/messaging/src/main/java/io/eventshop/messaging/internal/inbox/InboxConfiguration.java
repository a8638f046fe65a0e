package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.Subscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Puts the inbox together, on the service's own database and transaction manager: with JPA, the
/// statements of the inbox and the effects of the handlers share one transaction and connection.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@Import({
    BoundedTransactions.class,
    ProcessedMessages.class,
    BlockedKeys.class,
    DeadLetters.class,
    IncomingReader.class,
    Handling.class,
    BatchTransaction.class,
    Inbox.class
})
public class InboxConfiguration {

    @Bean
    InboxMeters inboxMeters(
            MeterRegistry registry,
            Clock clock,
            DeadLetters deadLetters,
            BlockedKeys blockedKeys,
            ObjectProvider<Subscription> subscriptions) {
        var consumers = subscriptions.stream().map(Subscription::name).toList();
        return new InboxMeters(registry, clock, deadLetters, blockedKeys, consumers);
    }

    @Bean
    ProcessedMessageCleaner processedMessageCleaner(
            ProcessedMessages processed,
            InboxProperties properties,
            ObjectProvider<Subscription> subscriptions) {
        return new ProcessedMessageCleaner(processed, properties, subscriptions.stream().toList());
    }

    @Bean
    DeadLettersEndpoint deadLettersEndpoint(
            ObjectProvider<Subscription> subscriptions,
            IncomingReader reader,
            BoundedTransactions transactions,
            BlockedKeys blockedKeys,
            DeadLetters deadLetters,
            Handling handling,
            EventCatalog catalog,
            MessagingProperties properties) {
        var byName = subscriptions.stream().collect(Collectors.toMap(Subscription::name, it -> it));
        var desk =
                new DeadLetterDesk(
                        byName, reader, transactions, blockedKeys, deadLetters, handling);
        return new DeadLettersEndpoint(
                deadLetters, desk, new PersonalData(catalog), properties.writeOperations());
    }
}
