package io.eventshop.launcher.demo.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Arguments.Syntax;
import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Sources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoPartsTest {

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_service_finds_its_own_database_and_the_servers_of_this_demo() {
        addWith(Map.of());

        assertThat(environment)
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:15432/orders")
                .containsEntry("SPRING_DATASOURCE_USERNAME", "orders")
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "demo-orders")
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "localhost:19092")
                .doesNotContainKey("SPRING_MAIL_PORT")
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
        addWith(Map.of("EVENTSHOP_ORDERS_PASSWORD", "secret", "EVENTSHOP_DEMO_DATA", "false"));

        assertThat(environment)
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "secret")
                .doesNotContainKey("EVENTSHOP_DEMO_DATA"); // it is inherited
    }

    private void addWith(Map<String, String> startedWith) {
        addWith(startedWith, 8081);
    }

    private void addWith(Map<String, String> startedWith, int port) {
        var checkout = new Checkout(Sources.root(), Path.of("target"));
        List<Service> services = checkout.services();
        var arguments =
                Arguments.parse(
                        new Syntax("", DemoPorts.usual(services).keySet(), Set.of()), List.of());
        var parts = new DemoParts(checkout, DemoPorts.from(arguments, services), startedWith::get);
        environment.putAll(parts.variables(services.getFirst(), port, 9081));
    }
}
