package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Starts the servers of a test JVM: as child processes of it, from jars of Maven Central, which
/// end with the JVM, and their directories with them; or as containers, which Testcontainers ends
/// after it.
final class Infrastructure {

    private Infrastructure() {}

    /// @return the superuser's database
    static Database postgresProcess() {
        var server = new PostgresServer(Trees.temporary("postgresql"), 0, Durability.PROCESS_ONLY);
        server.start();
        return server.administrator();
    }

    /// @return its bootstrap servers
    static String kafkaProcess() {
        var server = new KafkaServer(Trees.temporary("kafka"), 0);
        server.start();
        return server.bootstrapServers();
    }

    /// @return the superuser's database
    static Database postgresContainer() {
        var server = new PostgreSQLContainer(DockerEngine.POSTGRES_IMAGE);
        server.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        server.start();
        return new Database(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }

    /// @return its bootstrap servers
    static String kafkaContainer() {
        var server =
                new KafkaContainer(DockerEngine.KAFKA_IMAGE)
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000")
                        .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000")
                        .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "1500")
                        .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1500");
        server.start();
        return server.getBootstrapServers();
    }
}
