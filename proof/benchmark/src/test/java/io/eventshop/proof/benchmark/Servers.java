package io.eventshop.proof.benchmark;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
        }
        return unique;
    }

    void deleteTopics(String... names) throws IOException {
        try (var log = log()) {
            log.deleteTopics(List.of(names));
        }
    }

    /// Services declare their topics in the background.
    void awaitTopic(String name) {
        try (var log = log()) {
            Eventually.await("topic " + name)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> log.topics(name).contains(name));
        }
    }

    /// Nobody reads in a group of this name, so it is behind by all that was ever written.
    long recordsIn(String topic) throws IOException {
        try (var log = log()) {
            return log.progress("nobody", List.of(topic)).behind();
        }
    }

    private EventLog log() {
        return EventLog.kafka(bootstrapServers(), Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
