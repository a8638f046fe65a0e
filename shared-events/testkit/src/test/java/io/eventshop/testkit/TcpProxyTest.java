package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.servers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::echo);
        proxy = new TcpProxy(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytes_pass_in_both_directions() throws IOException {
        try (var client = connect()) {
            assertThat(echoOf(client, 42)).isEqualTo(42);
        }
    }

    @Test
    void a_cut_breaks_connections_and_refuses_new_ones_until_it_heals() throws IOException {
        try (var client = connect()) {
            assertThat(echoOf(client, 1)).isEqualTo(1);

            proxy.cut();

            assertThat(Ports.isOpen(proxy.port())).isFalse();
            assertThatThrownBy(
                            () -> {
                                if (echoOf(client, 2) < 0) {
                                    throw new IOException("end of the stream");
                                }
                            })
                    .isInstanceOf(IOException.class);

            proxy.heal();

            try (var again = connect()) {
                assertThat(echoOf(again, 3)).isEqualTo(3);
            }
        }
    }

    @Test
    void a_frozen_connection_stays_open_and_delivers_later() throws IOException {
        try (var client = connect()) {
            assertThat(echoOf(client, 1)).isEqualTo(1);
            proxy.freeze();
            client.setSoTimeout(200);

            assertThatThrownBy(() -> echoOf(client, 2)).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void a_stranded_connection_stays_silent_while_a_new_one_works() throws IOException {
        try (var client = connect()) {
            assertThat(echoOf(client, 1)).isEqualTo(1);
            proxy.strand();
            client.setSoTimeout(200);

            assertThatThrownBy(() -> echoOf(client, 2)).isInstanceOf(SocketTimeoutException.class);

            try (var other = connect()) {
                assertThat(echoOf(other, 3)).isEqualTo(3);
            }
        }
    }

    @Test
    void a_delay_holds_each_direction() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        try (var client = connect()) {
            var start = System.nanoTime();

            assertThat(echoOf(client, 1)).isEqualTo(1);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int echoOf(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.startVirtualThread(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException e) {
                        // The proxy was cut, which is what the test does.
                    }
                });
            } catch (IOException e) {
                // The test is over.
            }
        }
    }
}
