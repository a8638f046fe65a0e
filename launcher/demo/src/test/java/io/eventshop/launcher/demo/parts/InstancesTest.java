package io.eventshop.launcher.demo.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Arguments.Syntax;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Sources;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstancesTest {

    private static final List<Service> SERVICES = Service.in(Sources.root());

    @Test
    void a_service_runs_once_unless_more_are_wanted() {
        Instances instances = instances("--instances", "order-service=2");

        assertThat(instances.of(SERVICES.getFirst())).isEqualTo(2);
        assertThat(instances.of(SERVICES.get(1))).isEqualTo(1);
    }

    @Test
    void an_unknown_service_or_a_strange_number_is_refused() {
        assertThatThrownBy(() -> instances("--instances", "shipping-service=2"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("shipping-service is not a service; the services are order-");
        for (String typed : List.of("order-service", "order-service=0", "order-service=5")) {
            assertThatThrownBy(() -> instances("--instances", typed))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("wants <service>=<1 to 4>, not " + typed);
        }
    }

    private static Instances instances(String... words) {
        return Instances.from(
                Arguments.parse(new Syntax("", Set.of("instances"), Set.of()), List.of(words)),
                SERVICES);
    }
}
