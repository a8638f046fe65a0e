package io.eventshop.messaging.internal.kafka;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Topic;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.Inbox;
import io.eventshop.messaging.internal.inbox.InboxProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/// One listener for each subscription, in the consumer group `<application>.<consumer>`, on a
/// platform thread of its own. Connection and security are Boot's, from `spring.kafka`.
@Configuration(proxyBeanMethods = false)
public class KafkaListenerConfiguration {

    /// Ten times what the broker may hold a fetch back. When it hangs, the consumer asks without a
    /// pause whether its heartbeat has been answered, and takes a whole core until it gives that up
    /// (KAFKA-21031); Kafka's default is 30 s.
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /// For the broker's sign of life.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    /// In bytes; what a consumer holds in memory.
    private static final int FETCH_SIZE_MAX = 4 * 1024 * 1024;

    @Bean
    KafkaListeners kafkaListeners(
            ObjectProvider<Subscription<?>> subscriptions,
            EventCatalog catalog,
            Inbox inbox,
            InboxProperties properties,
            ConsumerFactory<?, ?> connection,
            KafkaAdmin admin,
            MeterRegistry registry,
            @Value("${spring.application.name}") String application) {
        var config = consumerConfig(connection.getConfigurationProperties(), properties);
        return new KafkaListeners(
                new Broker(admin.getConfigurationProperties(), ANSWER_MAX),
                subscriptions.stream()
                        .map(subscription -> {
                            // One that it does not list would fail with the first record.
                            for (var event : subscription.events()) {
                                var _ = catalog.of(event);
                            }
                            var group = application + "." + subscription.name();
                            return container(
                                    subscription, group, inbox, properties, config, registry);
                        })
                        .toList());
    }

    private static Map<String, Object> consumerConfig(
            Map<String, Object> connection, InboxProperties properties) {
        long pollInterval = properties.pollIntervalMax().toMillis();
        var config = new HashMap<>(connection);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        // A new group begins at the beginning: what was published before it came counts.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batchSizeMax());
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_SIZE_MAX);
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(pollInterval));
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        return config;
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container(
            Subscription<?> subscription,
            String group,
            Inbox inbox,
            InboxProperties properties,
            Map<String, Object> config,
            MeterRegistry registry) {
        var values = new ClusterAwareDeserializer();
        var consumers =
                new DefaultKafkaConsumerFactory<>(config, ByteArrayDeserializer::new, () -> values);
        consumers.addListener(new MicrometerConsumerListener<>(registry));

        var topics = subscription.topics().stream().map(Topic::name).toArray(String[]::new);
        var container = new ContainerProperties(topics);
        container.setGroupId(group);
        container.setAckMode(AckMode.MANUAL);
        // While a failed batch waits, its partitions are paused, and a poll takes all of its time:
        // with the container's 5 s the shortest pause would be that long.
        container.setPollTimeout(InboxProperties.RETRY_DELAY_MIN.toMillis());
        container.setMessageListener(
                new BatchListener(inbox, subscription, values::cluster, properties));
        var listener = new KafkaMessageListenerContainer<>(consumers, container);
        listener.setBeanName("inbox-" + subscription.name());
        return listener;
    }
}
