package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.services.Service;
import java.util.HashMap;
import java.util.Map;

/// What a service is told about the shop that it runs in, whoever starts it. Environment variables,
/// not arguments: everyone on the machine can read a command line, and passwords are among them.
public final class ServiceEnvironment {

    private ServiceEnvironment() {}

    /// What makes it a service of a shop to play with.
    public static Map<String, String> ofAPlayground() {
        return Map.of(
                "EVENTSHOP_DEMO_DATA", "true",
                "EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
    }

    public static Map<String, String> listeningOn(int port, int managementPort) {
        return Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
    }

    /// @param database as the service's role sees it
    /// @param smtpPort of this machine, for services that need it
    public static Map<String, String> connectedTo(
            Service service, Database database, String bootstrapServers, int smtpPort) {
        var environment = new HashMap<String, String>();
        environment.put("SPRING_DATASOURCE_URL", database.url());
        environment.put("SPRING_DATASOURCE_USERNAME", database.username());
        environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        if (service.needsMail()) {
            environment.put("SPRING_MAIL_HOST", "localhost");
            environment.put("SPRING_MAIL_PORT", Integer.toString(smtpPort));
        }
        return environment;
    }
}
