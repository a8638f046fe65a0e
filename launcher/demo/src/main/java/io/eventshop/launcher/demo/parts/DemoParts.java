package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes the parts that a demo consists of.
public final class DemoParts {

    /// Further instances take ports from here above the first one's.
    private static final int NEXT_INSTANCE = 10;

    private final Checkout checkout;
    private final DemoPorts ports;
    private final UnaryOperator<@Nullable String> startedWith;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    public DemoParts(Checkout checkout, DemoPorts ports) {
        this(checkout, ports, System::getenv);
    }

    /// @param startedWith what a variable of the environment is set to
    DemoParts(Checkout checkout, DemoPorts ports, UnaryOperator<@Nullable String> startedWith) {
        this.checkout = checkout;
        this.ports = ports;
        this.startedWith = startedWith;
    }

    /// With a database for each service in it.
    public Part postgres() {
        var server =
                new PostgresServer(
                        checkout.data().resolve("postgresql"),
                        ports.get(DemoPorts.POSTGRES),
                        PostgresServer.Durability.FULL);
        return part(server, () -> makeDatabases(server));
    }

    private void makeDatabases(PostgresServer server) {
        for (Service service : checkout.services()) {
            var _ = server.database(service.database(), service.password(startedWith));
        }
    }

    public Part kafka() {
        return part(
                new KafkaServer(checkout.data().resolve("kafka"), ports.get(DemoPorts.KAFKA)),
                () -> {});
    }

    public Part mail() {
        return part(new MailServer(checkout.mails(), ports.get(DemoPorts.SMTP)), () -> {});
    }

    /// Servers log beside their data; a link shows all logs of the demo in one folder.
    private Part part(Server server, Runnable afterStart) {
        Path link = checkout.log(server.name());
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, server.logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(link + " cannot be made", e);
        }
        return new ServerPart(server, afterStart);
    }

    /// All instances of a service; the first has the name and the ports that everyone expects.
    public List<Part> instances(PreparedService service, int count) {
        var parts = new ArrayList<Part>();
        parts.add(
                instance(
                        service,
                        service.service().name(),
                        ports.get(DemoPorts.of(service.service())),
                        ports.get(DemoPorts.managementOf(service.service()))));
        for (int i = 2; i <= count; i++) {
            int above = NEXT_INSTANCE * (i - 1);
            parts.add(
                    instance(
                            service,
                            service.service().name() + "-" + i,
                            ports.freeFrom(ports.get(DemoPorts.of(service.service())) + above),
                            ports.freeFrom(
                                    ports.get(DemoPorts.managementOf(service.service())) + above)));
        }
        return parts;
    }

    private Part instance(PreparedService prepared, String name, int port, int managementPort) {
        return new ServicePart(
                new ChildProcess.Command(
                        name,
                        prepared.command(JavaProgram.java()),
                        variables(prepared.service(), port, managementPort),
                        checkout.logs(),
                        Signal.TERM),
                port,
                managementPort,
                http);
    }

    /// A service as a [TrainingRun] needs it: it writes its cache when it ends, and there is
    /// nothing to wait for when the launcher is stopped meanwhile.
    ServicePart trainee(PreparedService prepared) {
        Service service = prepared.service();
        int port = ports.get(DemoPorts.of(service));
        int managementPort = ports.get(DemoPorts.managementOf(service));
        return new ServicePart(
                new ChildProcess.Command(
                        service.name(),
                        prepared.trainingCommand(JavaProgram.java()),
                        variables(service, port, managementPort),
                        checkout.logs(),
                        Signal.KILL),
                port,
                managementPort,
                http);
    }

    /// A variable that the person who starts the demo has set wins over what only makes it a demo,
    /// as with compose.
    Map<String, String> variables(Service service, int port, int managementPort) {
        var variables = new HashMap<String, String>();
        variables.putAll(ServiceEnvironment.ofAPlayground());
        // The first instance's port, also for further ones: events outlive the instance that made
        // them.
        variables.put(
                "EVENTSHOP_MESSAGING_SCHEMAS_BASE_URL",
                "http://localhost:" + ports.get(DemoPorts.of(service)));
        // Ctrl-C ends everything within 20 s; what has not ended by then is killed.
        variables.put("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "5s");
        variables.keySet().removeIf(name -> startedWith.apply(name) != null);
        variables.putAll(ServiceEnvironment.listeningOn(port, managementPort));
        variables.putAll(
                ServiceEnvironment.connectedTo(
                        service,
                        database(service),
                        "localhost:" + ports.get(DemoPorts.KAFKA),
                        ports.get(DemoPorts.SMTP)));
        return variables;
    }

    private Database database(Service service) {
        return Database.onLoopback(
                ports.get(DemoPorts.POSTGRES), service.database(), service.password(startedWith));
    }
}
