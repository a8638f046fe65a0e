package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Where the servers of a test JVM come from. Each is started when it is first asked for.
///
/// @param postgres the superuser's database
/// @param kafka the broker's bootstrap servers
record Infrastructure(Supplier<Database> postgres, Supplier<String> kafka) {

    Infrastructure {
        postgres = SingletonSupplier.of(postgres);
        kafka = SingletonSupplier.of(kafka);
    }

    /// Child processes of the test JVM, from jars of Maven Central. They end with the JVM, and
    /// their directories with them.
    static Infrastructure embedded() {
        return new Infrastructure(
                () -> {
                    var server =
                            new PostgresServer(
                                    Trees.temporary("postgresql"), 0, Durability.PROCESS_ONLY);
                    server.start();
                    return server.administrator();
                },
                () -> {
                    var server = new KafkaServer(Trees.temporary("kafka"), 0);
                    server.start();
                    return server.bootstrapServers();
                });
    }

    /// Containers, which Testcontainers ends after the test JVM.
    static Infrastructure containers() {
        return new Infrastructure(
                () -> {
                    var server = new PostgreSQLContainer(DockerEngine.POSTGRES_IMAGE);
                    server.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
                    server.start();
                    return new Database(
                            server.getJdbcUrl(), server.getUsername(), server.getPassword());
                },
                () -> {
                    var server =
                            new KafkaContainer(DockerEngine.KAFKA_IMAGE)
                                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                                    .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000")
                                    .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000")
                                    .withEnv(
                                            "KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS",
                                            "1500")
                                    .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1500");
                    server.start();
                    return server.getBootstrapServers();
                });
    }
}
