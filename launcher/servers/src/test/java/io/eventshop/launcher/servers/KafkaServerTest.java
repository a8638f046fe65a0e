package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.KafkaServer.SideDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir private Path directory;

    @Test
    void a_record_survives_a_kill_and_a_stop() throws Exception {
        try (var server = new KafkaServer(directory, 0)) {
            server.start();
            publish(server, "kept");

            server.kill();
            server.start();
            assertThat(read(server)).containsExactly("kept");

            server.stop();
            assertThat(server.isAlive()).isFalse();
            server.start();
            assertThat(read(server)).containsExactly("kept");
            assertThat(setting(server, "group.consumer.session.timeout.ms")).isEqualTo("6000");
            assertThat(setting(server, "max.decompressed.message.bytes")).isEqualTo("266240");
        }
    }

    @Test
    void a_start_ends_the_orphan_of_a_launcher_that_was_killed() {
        var first = new KafkaServer(directory, 0);
        first.start();

        try (var next = new KafkaServer(directory, 0)) {
            next.start();

            assertThat(first.isAlive()).isFalse();
        }
    }

    @Test
    void who_comes_by_a_side_door_is_sent_to_its_proxy() throws Exception {
        int port = Ports.free();
        int proxyPort = Ports.free();
        // Another side door stands in for the proxy.
        var doors = List.of(new SideDoor(port, proxyPort), new SideDoor(proxyPort, proxyPort));
        try (var server = new KafkaServer(directory, 0, doors)) {
            server.start();

            assertThat(brokerPort("localhost:" + port)).isEqualTo(proxyPort);
            assertThat(brokerPort(server.bootstrapServers())).isEqualTo(server.port());
        }
    }

    private static int brokerPort(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeCluster()
                    .nodes()
                    .get(5, TimeUnit.MINUTES)
                    .iterator()
                    .next()
                    .port();
        }
    }

    private static void publish(KafkaServer server, String value) throws Exception {
        try (var log = EventLog.kafka(server.bootstrapServers(), LIMIT)) {
            log.createTopic("orders", 1);
            var _ = log.write(RawRecord.of("orders", null, Map.of(), value.getBytes(UTF_8)));
        }
    }

    private static List<String> read(KafkaServer server) throws Exception {
        var values = new ArrayList<String>();
        try (var log = EventLog.kafka(server.bootstrapServers(), LIMIT);
                var reader = log.fromBeginning(List.of("orders"))) {
            reader.readToEnd(record -> values.add(new String(record.bytes(), UTF_8)));
        }
        return values;
    }

    private static String setting(KafkaServer server, String name) throws Exception {
        var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            return admin.describeConfigs(List.of(broker))
                    .all()
                    .get(5, TimeUnit.MINUTES)
                    .values()
                    .iterator()
                    .next()
                    .get(name)
                    .value();
        }
    }
}
