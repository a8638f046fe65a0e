package io.eventshop.orders.order;

import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Trees;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// Gives a context a Kafka broker of its own, always a child process, which a test may stop, pause,
/// kill and start again: `@Import` it and inject the [KafkaServer].
@TestConfiguration(proxyBeanMethods = false)
class OwnKafka {

    @Bean(destroyMethod = "stop")
    KafkaServer kafkaServer() {
        var server = new KafkaServer(Trees.temporary("kafka"), 0);
        server.start();
        return server;
    }
}
