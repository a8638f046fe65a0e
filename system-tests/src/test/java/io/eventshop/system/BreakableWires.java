package io.eventshop.system;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.testkit.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Each instance reaches PostgreSQL by a wire of its own, so that one can be cut off while another
/// works on; all reach Kafka by the same one, because a broker has one address to tell.
public final class BreakableWires implements Wires, AutoCloseable {

    private final int kafkaPort = Ports.free();
    private final TcpProxy kafka = new TcpProxy(kafkaPort);
    private final Map<String, TcpProxy> postgres = new ConcurrentHashMap<>();

    @Override
    public KafkaServer kafka(Path directory) {
        return KafkaServer.behindProxy(directory, kafkaPort, kafka.port());
    }

    @Override
    public String databaseUrl(Database database, String instance) {
        int port = URI.create(database.url().substring("jdbc:".length())).getPort();
        var wire = postgres.computeIfAbsent(instance, _ -> new TcpProxy(port));
        return database.url().replace(":" + port + "/", ":" + wire.port() + "/");
    }

    public TcpProxy toKafka() {
        return kafka;
    }

    /// @param instance the name of an instance of a service
    public TcpProxy toPostgres(String instance) {
        return requireNonNull(postgres.get(instance), instance);
    }

    public void heal() {
        kafka.heal();
        postgres.values().forEach(TcpProxy::heal);
    }

    @Override
    public void close() {
        kafka.close();
        postgres.values().forEach(TcpProxy::close);
    }
}
