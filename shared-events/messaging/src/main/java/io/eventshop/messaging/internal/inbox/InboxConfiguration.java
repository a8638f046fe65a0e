package io.eventshop.messaging.internal.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Puts the inbox together, on the service's own database and transaction manager: with JPA, the
/// statements of the inbox and the effects of the handlers share one transaction and connection.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@Import({
    Consumers.class,
    BoundedTransactions.class,
    ProcessedMessages.class,
    BlockedKeys.class,
    DeadLetters.class,
    IncomingReader.class,
    Handling.class,
    BatchTransaction.class,
    Strikes.class,
    InboxMeters.class,
    Inbox.class,
    Receivers.class,
    WaitingEvents.class,
    ProcessedMessageCleaner.class,
    PersonalData.class,
    DeadLetterDesk.class,
    DeadLetterSweep.class,
    DeadLettersEndpoint.class
})
public class InboxConfiguration {

    /// Its name is the health's.
    @Bean
    Breaker consumers(MeterRegistry registry, Consumers consumers) {
        return new Breaker(registry, consumers);
    }
}
