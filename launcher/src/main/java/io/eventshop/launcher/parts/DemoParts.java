package io.eventshop.launcher.parts;

import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.Server;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.supervision.Part;
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

/// Makes the parts that a demo consists of.
public final class DemoParts {

    /// Further instances take ports from here above the first one's.
    private static final int NEXT_INSTANCE = 10;

    private final Checkout checkout;
    private final DemoPorts ports;
    private final ServiceEnvironment environment;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    public DemoParts(Checkout checkout, DemoPorts ports) {
        this.checkout = checkout;
        this.ports = ports;
        this.environment = new ServiceEnvironment(ports, System::getenv);
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
        for (Service service : Service.values()) {
            var _ = server.database(service.database(), service.password(System::getenv));
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
                        service.service().serviceName(),
                        ports.get(service.service().portOption()),
                        ports.get(service.service().managementPortOption())));
        for (int i = 2; i <= count; i++) {
            int above = NEXT_INSTANCE * (i - 1);
            parts.add(
                    instance(
                            service,
                            service.service().serviceName() + "-" + i,
                            ports.freeFrom(ports.get(service.service().portOption()) + above),
                            ports.freeFrom(
                                    ports.get(service.service().managementPortOption()) + above)));
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
        int port = ports.get(service.portOption());
        int managementPort = ports.get(service.managementPortOption());
        return new ServicePart(
                new ChildProcess.Command(
                        service.serviceName(),
                        prepared.trainingCommand(JavaProgram.java()),
                        variables(service, port, managementPort),
                        checkout.logs(),
                        Signal.KILL),
                port,
                managementPort,
                http);
    }

    private Map<String, String> variables(Service service, int port, int managementPort) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        environment.addTo(variables, service, port, managementPort);
        return variables;
    }
}
