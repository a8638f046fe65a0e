package io.eventshop.notifications;

import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Scenario;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// Lets tests speak as the other services do.
@TestConfiguration(proxyBeanMethods = false)
class ScenarioConfiguration {

    @Bean
    KafkaProbe kafkaProbe() {
        return KafkaProbe.ofTestServers();
    }

    @Bean
    Scenario scenario(KafkaProbe probe, EventCodec codec) {
        return new Scenario(
                probe,
                codec::encode,
                (attributes, json) -> codec.decode(new Envelope(attributes, json)));
    }
}
