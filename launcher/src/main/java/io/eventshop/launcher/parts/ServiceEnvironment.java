package io.eventshop.launcher.parts;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a service is told about the demo that it runs in. Environment variables, not arguments:
/// everyone on the machine can read a command line, and passwords are among them.
///
/// A variable that the person who starts the demo has set wins, as with compose.
record ServiceEnvironment(DemoPorts ports, UnaryOperator<@Nullable String> startedWith) {

    void addTo(Map<String, String> environment, Service service, int port, int managementPort) {
        environment.putIfAbsent("EVENTSHOP_DEMO_DATA", "true");
        environment.putIfAbsent("EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
        // The first instance's port, also for further ones: events outlive the instance that made
        // them.
        environment.putIfAbsent(
                "EVENTSHOP_MESSAGING_SCHEMAS_BASE_URL",
                "http://localhost:" + ports.get(service.portOption()));
        // Ctrl-C ends everything within 20 s; what has not ended by then is killed.
        environment.putIfAbsent("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "5s");
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://localhost:%d/%s"
                        .formatted(ports.get(DemoPorts.POSTGRES), service.database()));
        environment.put("SPRING_DATASOURCE_USERNAME", service.database());
        environment.put("SPRING_DATASOURCE_PASSWORD", service.password(startedWith));
        environment.put(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:" + ports.get(DemoPorts.KAFKA));
        environment.put("SPRING_MAIL_HOST", "localhost");
        environment.put("SPRING_MAIL_PORT", Integer.toString(ports.get(DemoPorts.SMTP)));
    }
}
