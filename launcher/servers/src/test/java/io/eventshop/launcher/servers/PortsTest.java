package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    /// Where systems take the ports of their own connections from, Linux and macOS alike.
    private static final int FIRST = 50_000;

    /// Linux gives each second port in turn: each of 28,000 has its turn meanwhile.
    private static final int TRIES = 30_000;

    @Test
    void no_port_is_given_twice() {
        var given = IntStream.range(0, 500).map(_ -> Ports.free()).boxed().toList();

        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void a_connection_that_reaches_itself_is_nobody_who_listens() {
        int port =
                IntStream.iterate(FIRST, next -> next + 2)
                        .filter(Ports::isFree)
                        .findFirst()
                        .orElseThrow();

        assertThat(IntStream.range(0, TRIES).filter(_ -> Ports.isOpen(port)).count()).isZero();
    }
}
