package io.eventshop.launcher.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/// A real Kafka broker in KRaft mode, one node, in a JVM of its own.
///
/// It listens on the loopback interface only. Records survive a `kill -9`; after one, a start takes
/// a few seconds longer, because the broker's old session has to expire.
public final class KafkaServer extends ServerProcess {

    private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

    /// The broker is small and short-lived: quick to start counts, peak speed does not.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dlogback.configurationFile=io/eventshop/launcher/servers/logback-server.xml");

    private final List<SideDoor> sideDoors;
    private final Map<String, String> settings;

    /// For clients that come through a proxy: who comes this way is sent this way. Without that
    /// they would pass by the proxy after the first answer.
    ///
    /// @param port where the broker listens
    /// @param proxyPort where the proxy listens
    public record SideDoor(int port, int proxyPort) {}

    /// @param directory holds the data, the configuration and the log
    /// @param port where clients connect; 0 for any that is free
    public KafkaServer(Path directory, int port) {
        this(directory, port, List.of());
    }

    /// @param sideDoors besides the port
    public KafkaServer(Path directory, int port, List<SideDoor> sideDoors) {
        this(directory, port, sideDoors, Map.of());
    }

    /// @param settings of the broker, instead of those in `kafka.properties`
    public KafkaServer(
            Path directory, int port, List<SideDoor> sideDoors, Map<String, String> settings) {
        super("kafka", directory, port);
        this.sideDoors = List.copyOf(sideDoors);
        this.settings = Map.copyOf(settings);
    }

    /// Where clients start.
    public String bootstrapServers() {
        return address(port());
    }

    private static String address(int port) {
        return HOST + ":" + port;
    }

    @Override
    ChildProcess.Command prepare() throws IOException {
        var logs = directory().resolve("data");
        var configuration = directory().resolve("kafka.properties");
        Files.writeString(configuration, configuration(logs));
        return new ChildProcess.Command(
                name(),
                JavaProgram.command(
                        KafkaMain.class,
                        JVM_OPTIONS,
                        List.of(configuration.toString(), logs.toString())),
                Map.of(),
                directory(),
                Signal.TERM);
    }

    /// The controller's port is nobody's business, so it is any; two brokers that chose the same
    /// one would not both start, and the loser's start tries again with others.
    private String configuration(Path logs) throws IOException {
        var controller = address(Ports.free());
        var listeners = new StringJoiner(",");
        var advertised = new StringJoiner(",");
        var protocols = new StringJoiner(",");
        listeners.add("CONTROLLER://" + controller).add("PLAINTEXT://" + address(port()));
        advertised.add("PLAINTEXT://" + address(port()));
        protocols.add("CONTROLLER:PLAINTEXT").add("PLAINTEXT:PLAINTEXT");
        for (SideDoor door : sideDoors) {
            var name = "SIDE" + door.port();
            listeners.add(name + "://" + address(door.port()));
            advertised.add(name + "://" + address(door.proxyPort()));
            protocols.add(name + ":PLAINTEXT");
        }
        var own = new StringBuilder();
        settings.forEach((name, value) -> own.append(name).append('=').append(value).append('\n'));
        try (var common = KafkaServer.class.getResourceAsStream("kafka.properties")) {
            if (common == null) {
                throw new IOException("kafka.properties is not on the class path");
            }
            return new String(common.readAllBytes(), StandardCharsets.UTF_8)
                    + """
                    listeners=%s
                    advertised.listeners=%s
                    listener.security.protocol.map=%s
                    controller.quorum.bootstrap.servers=%s
                    log.dirs=%s
                    """
                            .formatted(listeners, advertised, protocols, controller, logs)
                    + own;
        }
    }

    /// Asks for the cluster's metadata until the broker counts itself in: a port that is open says
    /// less. Spoken by hand, because a real client would cost more than the rest of the start.
    @Override
    boolean isReady() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port()), 1_000);
            socket.setSoTimeout(2_000);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(2 + 2 + 4 + 2 + 4); // size of what follows
            out.writeShort(3); // Metadata
            out.writeShort(1); // in version 1
            out.writeInt(7); // correlation id
            out.writeShort(-1); // no client id
            out.writeInt(0); // about no topics
            out.flush();

            var in = new DataInputStream(socket.getInputStream());
            in.readInt(); // size
            return in.readInt() == 7 && in.readInt() == 1; // correlation id, number of brokers
        } catch (IOException e) {
            return false;
        }
    }
}
