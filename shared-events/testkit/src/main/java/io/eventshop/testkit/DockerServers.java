package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Containers, which Testcontainers ends after the test JVM.
final class DockerServers implements Infrastructure {

    private static final String MAX_CONNECTIONS = "max_connections=300";

    private final Lazy<PostgreSQLContainer> postgres =
            new Lazy<>(() -> {
                var container = new PostgreSQLContainer(DockerEngine.POSTGRES_IMAGE);
                container.setCommand("postgres", "-c", "fsync=off", "-c", MAX_CONNECTIONS);
                container.start();
                return container;
            });

    private final Lazy<KafkaContainer> kafka =
            new Lazy<>(() -> {
                var container =
                        new KafkaContainer(DockerEngine.KAFKA_IMAGE)
                                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                                .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000")
                                .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000")
                                .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "1500")
                                .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1500");
                container.start();
                return container;
            });

    @Override
    public Database postgres() {
        var container = postgres.get();
        return new Database(
                container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka.get().getBootstrapServers();
    }
}
