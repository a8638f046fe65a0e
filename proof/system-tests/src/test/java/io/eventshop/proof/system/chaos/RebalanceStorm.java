package io.eventshop.proof.system.chaos;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.proof.system.Dice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A member that joins a service's consumer group, takes partitions, does nothing with them, and
/// leaves; again and again. It commits nothing, so nothing may be skipped because of it.
final class RebalanceStorm {

    private static final Map<String, List<Topic>> GROUPS =
            Map.of(
                    "inventory-service.reservations", List.of(Topics.ORDERS),
                    "notification-service.mails", List.of(Topics.ORDERS, Topics.STOCK),
                    "order-service.order-saga", List.of(Topics.RESERVATIONS));

    private static final Duration BROKER_ANSWERS_WITHIN = Duration.ofMinutes(1);

    private RebalanceStorm() {}

    static List<String> groups() {
        return GROUPS.keySet().stream().sorted().toList();
    }

    static void rage(String bootstrapServers, String group, Dice dice, BooleanSupplier ended)
            throws IOException {
        var topics = GROUPS.getOrDefault(group, List.of()).stream().map(Topic::name).toList();
        try (var log = EventLog.kafka(bootstrapServers, BROKER_ANSWERS_WITHIN)) {
            while (!ended.getAsBoolean()) {
                log.visit(group, topics, Duration.ofMillis(dice.between(100, 1_500)));
            }
        }
    }
}
