package io.eventshop.proof.system;

import static java.util.Objects.requireNonNull;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.KafkaServer.SideDoor;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.proof.shop.Wires;
import io.eventshop.testkit.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Each instance reaches PostgreSQL and Kafka by wires of its own, so that one can be cut off from
/// one of them while all else works on.
public final class BreakableWires implements Wires, AutoCloseable {

    private final List<SideDoor> sideDoors = new ArrayList<>();
    private final Map<String, TcpProxy> kafka = new HashMap<>();
    private final Map<String, TcpProxy> postgres = new ConcurrentHashMap<>();

    /// @param instances the names of all that will be connected
    public BreakableWires(List<String> instances) {
        for (String instance : instances) {
            int port = Ports.free();
            var wire = new TcpProxy(port);
            kafka.put(instance, wire);
            sideDoors.add(new SideDoor(port, wire.port()));
        }
    }

    @Override
    public KafkaServer kafka(Path directory) {
        return new KafkaServer(directory, 0, sideDoors);
    }

    @Override
    public String bootstrapServers(KafkaServer broker, String instance) {
        return "localhost:" + toKafka(instance).port();
    }

    @Override
    public Database database(Database database, String instance) {
        int port = URI.create(database.url().substring("jdbc:".length())).getPort();
        var wire = postgres.computeIfAbsent(instance, _ -> new TcpProxy(port));
        return new Database(
                database.url().replace(":" + port + "/", ":" + wire.port() + "/"),
                database.username(),
                database.password());
    }

    /// @param instance the name of an instance of a service
    public TcpProxy toKafka(String instance) {
        return requireNonNull(kafka.get(instance), instance);
    }

    /// @param instance the name of an instance of a service
    public TcpProxy toPostgres(String instance) {
        return requireNonNull(postgres.get(instance), instance);
    }

    public void heal() {
        kafka.values().forEach(TcpProxy::heal);
        postgres.values().forEach(TcpProxy::heal);
    }

    @Override
    public void close() {
        kafka.values().forEach(TcpProxy::close);
        postgres.values().forEach(TcpProxy::close);
    }
}
