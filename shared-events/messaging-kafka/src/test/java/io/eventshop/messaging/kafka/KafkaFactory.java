package io.eventshop.messaging.kafka;

import io.eventshop.messaging.transport.Broker;
import io.eventshop.testkit.transport.BrokerFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;

/// By bootstrap servers.
final class KafkaFactory implements BrokerFactory {

    @Override
    public Broker connect(String address) {
        Map<String, Object> connection = Map.of("bootstrap.servers", address);
        return new KafkaBroker(connection, connection, connection, new SimpleMeterRegistry());
    }
}
