package io.eventshop.proof.system.chaos;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.proof.system.Dice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A member that joins a service's consumer group, takes partitions, does nothing with them, and
/// leaves; again and again. It commits nothing, so nothing may be skipped because of it.
final class RebalanceStorm {

    private static final Map<String, List<Topic>> GROUPS =
            Map.of(
                    "inventory-service.reservations", List.of(Topics.ORDERS),
                    "notification-service.mails", List.of(Topics.ORDERS, Topics.STOCK),
                    "order-service.order-saga", List.of(Topics.RESERVATIONS));

    private static final Duration LEFT_WITHIN = Duration.ofSeconds(2);

    private RebalanceStorm() {}

    static List<String> groups() {
        return GROUPS.keySet().stream().sorted().toList();
    }

    static void rage(String bootstrapServers, String group, Dice dice, BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            try (var member = member(bootstrapServers, group)) {
                member.subscribe(
                        GROUPS.getOrDefault(group, List.of()).stream().map(Topic::name).toList());
                var _ = member.poll(Duration.ofMillis(dice.between(100, 1_500)));
                member.close(CloseOptions.timeout(LEFT_WITHIN));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> member(String bootstrapServers, String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        group,
                        "group.protocol",
                        "consumer",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
