package io.eventshop.proof.benchmark;

import static java.util.stream.Collectors.toMap;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/// A PostgreSQL and a broker that one benchmark has for itself. PostgreSQL waits for its disk as in
/// production, unlike in tests: without that the outbox and the inbox would look better than they
/// are.
final class Servers implements AutoCloseable {

    private final PostgresServer postgres =
            new PostgresServer(Trees.temporary("postgresql"), 0, Durability.FULL);
    private final KafkaServer kafka = new KafkaServer(Trees.temporary("kafka"), 0);

    private Servers() {}

    static Servers start() {
        var servers = new Servers();
        try {
            servers.postgres.start();
            servers.kafka.start();
            return servers;
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    Database database(String name) {
        return postgres.database(name, "test-password");
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /// Makes a topic as services declare theirs.
    ///
    /// @return its name, which is used once
    String createTopic(String name) throws ExecutionException, InterruptedException {
        var unique = name + "-" + UUID.randomUUID();
        var topic =
                new NewTopic(unique, Topic.PARTITIONS, (short) 1)
                        .configs(
                                Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
        try (var admin = admin()) {
            admin.createTopics(List.of(topic)).all().get();
        }
        return unique;
    }

    void deleteTopics(String... names) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            admin.deleteTopics(List.of(names)).all().get();
        }
    }

    /// Services declare their topics in the background.
    void awaitTopic(String name) {
        try (var admin = admin()) {
            Eventually.await("topic " + name)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> admin.listTopics().names().get().contains(name));
        }
    }

    long recordsIn(String topic) throws ExecutionException, InterruptedException {
        try (var admin = admin()) {
            Map<TopicPartition, OffsetSpec> latest =
                    partitions(topic).stream().collect(toMap(at -> at, _ -> OffsetSpec.latest()));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, Topic.PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
