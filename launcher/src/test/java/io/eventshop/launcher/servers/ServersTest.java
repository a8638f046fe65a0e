package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    @TempDir private Path directory;

    @Test
    void postgres_starts() throws Exception {
        try (var postgres = new PostgresServer(directory, 0, Durability.PROCESS_ONLY)) {
            postgres.start();
            var orders = postgres.database("orders", "demo-orders");
            try (var c =
                    DriverManager.getConnection(
                            orders.url(), orders.username(), orders.password())) {
                assertThat(c.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void kafka_starts() throws Exception {
        try (var kafka = new KafkaServer(directory, 0)) {
            kafka.start();
            assertThat(kafka.isAlive()).isTrue();
            kafka.stop();
            kafka.start();
            kafka.kill();
            kafka.start();
        }
    }
}
