package io.eventshop.launcher.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.Arguments;
import io.eventshop.launcher.Arguments.Syntax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_service_finds_its_own_database_and_the_servers_of_this_demo() {
        addWith(Map.of());

        assertThat(environment)
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:15432/orders")
                .containsEntry("SPRING_DATASOURCE_USERNAME", "orders")
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "demo-orders")
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:19092")
                .containsEntry("SPRING_MAIL_PORT", "11025")
                .containsEntry("SERVER_PORT", "8081")
                .containsEntry("MANAGEMENT_SERVER_PORT", "9081")
                .containsEntry("EVENTSHOP_DEMO_DATA", "true")
                .containsEntry("EVENTSHOP_MESSAGING_WRITE_OPERATIONS", "true");
    }

    @Test
    void events_of_all_instances_name_schemas_at_the_first_ones_port() {
        addWith(Map.of(), 8091);

        assertThat(environment)
                .containsEntry("SERVER_PORT", "8091")
                .containsEntry("EVENTSHOP_MESSAGING_SCHEMAS_BASE_URL", "http://localhost:8081");
    }

    @Test
    void passwords_and_switches_can_be_replaced() {
        environment.put("EVENTSHOP_DEMO_DATA", "false");

        addWith(Map.of("EVENTSHOP_ORDERS_PASSWORD", "secret"));

        assertThat(environment)
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "secret")
                .containsEntry("EVENTSHOP_DEMO_DATA", "false");
    }

    private void addWith(Map<String, String> startedWith) {
        addWith(startedWith, 8081);
    }

    private void addWith(Map<String, String> startedWith, int port) {
        DemoPorts ports =
                DemoPorts.from(
                        Arguments.parse(
                                new Syntax("", DemoPorts.options(), Set.of()),
                                List.of("--postgres-port", "15432")));
        new ServiceEnvironment(ports, startedWith::get)
                .addTo(environment, Service.ORDERS, port, 9081);
    }
}
