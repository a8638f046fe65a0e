package io.eventshop.messaging;

import com.fasterxml.uuid.Generators;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.IdGenerator;

/// Everything a service needs to publish and consume events, from adding the dependency.
@AutoConfiguration
public class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /// UUIDv7: unique without coordination, and close together in an index.
    @Bean
    @ConditionalOnMissingBean
    IdGenerator idGenerator() {
        return Generators.timeBasedEpochGenerator()::generate;
    }
}
