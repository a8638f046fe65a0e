package io.eventshop.launcher.demo.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.demo.Arguments;
import io.eventshop.launcher.demo.Arguments.Syntax;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.services.Service;
import io.eventshop.launcher.services.Sources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoPortsTest {

    private static final List<Service> SERVICES = Service.in(Sources.root());
    private static final Set<String> OPTIONS = DemoPorts.usual(SERVICES).keySet();

    @Test
    void the_ports_are_those_of_the_documents_unless_others_are_chosen() {
        DemoPorts ports = ports("--orders-port", "18081");

        assertThat(ports.get("orders-port")).isEqualTo(18_081);
        assertThat(ports.get("inventory-port")).isEqualTo(8082);
        assertThat(ports.get(DemoPorts.KAFKA)).isEqualTo(19_092);
    }

    /// A port from the range in which Linux gives ports to outgoing connections is taken now and
    /// then by a program that never asked for it.
    @Test
    void the_usual_ports_are_those_that_no_system_gives_away() {
        assertThat(ports().asMap().values()).allMatch(port -> port > 1_024 && port < 32_768);
    }

    @Test
    void the_same_port_twice_is_refused() {
        assertThatThrownBy(() -> ports("--orders-port", "8082"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("--orders-port and --inventory-port are both 8082");
    }

    @Test
    void a_port_out_of_range_is_refused() {
        assertThatThrownBy(() -> ports("--orders-port", "70000"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "--orders-port wants a whole number from 1 to 65535, not 70000");
    }

    @Test
    void a_taken_port_is_one_sentence_with_the_port_and_its_option() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            DemoPorts ports = freePortsBut("orders-port", port);

            assertThatThrownBy(() -> ports.refuseTaken(SERVICES))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "Port %d is taken by another program; choose a free one with --orders-port <port>."
                                    .formatted(port));
        }
    }

    @Test
    void a_port_that_another_program_has_on_all_addresses_is_taken_too() throws IOException {
        try (var taken = new ServerSocket(0)) {
            assertThat(DemoPorts.isTaken(taken.getLocalPort())).isTrue();
        }
    }

    @Test
    void a_further_instance_gets_a_port_that_nobody_has_or_will_have() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(ports().freeFrom(port)).isGreaterThan(port);
            assertThat(ports("--inventory-port", "23456").freeFrom(23_456)).isGreaterThan(23_456);
        }
    }

    @Test
    void a_further_instances_port_is_not_its_management_port_however_close_they_were_asked_for() {
        var ports = ports();

        assertThat(ports.freeFrom(23_000)).isNotEqualTo(ports.freeFrom(23_000));
    }

    private static DemoPorts freePortsBut(String option, int port) {
        var words = new ArrayList<String>();
        for (String each : OPTIONS) {
            words.add("--" + each);
            words.add(Integer.toString(each.equals(option) ? port : Ports.free()));
        }
        return ports(words.toArray(String[]::new));
    }

    private static DemoPorts ports(String... words) {
        return DemoPorts.from(
                Arguments.parse(new Syntax("", OPTIONS, Set.of()), List.of(words)), SERVICES);
    }
}
