package io.eventshop.testkit;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;

/// Child processes of the test JVM, from jars of Maven Central. They end with the JVM, and their
/// directories with them.
final class EmbeddedServers implements Infrastructure {

    private final Lazy<PostgresServer> postgres =
            new Lazy<>(() -> {
                var server =
                        new PostgresServer(
                                Trees.temporary("postgresql"), 0, Durability.PROCESS_ONLY);
                server.start();
                return server;
            });

    private final Lazy<KafkaServer> kafka =
            new Lazy<>(() -> {
                var server = new KafkaServer(Trees.temporary("kafka"), 0);
                server.start();
                return server;
            });

    @Override
    public Database postgres() {
        return postgres.get().administrator();
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka.get().bootstrapServers();
    }
}
