package io.eventshop.web.limits;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.web.app.Http;
import io.eventshop.web.app.Things;
import io.eventshop.web.app.WebTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

/// Clients that send a byte now and again, or never read. Each of them sends for ten times as long
/// as a request may take, and never pauses for as long as Tomcat's own time-outs.
@WebTest
class SlowClientsTest {

    private static final int PLACES = 8;
    private static final int BYTES = 50;
    private static final long PAUSE_MILLIS = 1_000;
    private static final int PATIENCE_MILLIS = 120_000;

    private static final String HEAD = " HTTP/1.1\r\nHost: here\r\n";
    private static final String POST = "POST /api/v1/things" + HEAD;
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LENGTH = "Content-Length: 1000\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private final List<SlowClient> clients = new ArrayList<>();

    @Autowired Http http;
    @Autowired Admission admission;
    @LocalManagementPort int managementPort;

    enum Body {
        OF_KNOWN_LENGTH(POST + JSON + LENGTH, " "),
        IN_CHUNKS(POST + JSON + CHUNKED, "1\r\n \r\n"),
        IN_A_CHUNK_WHOSE_LENGTH_DOES_NOT_END(POST + JSON + CHUNKED + "1;", "x"),
        OF_A_READING_REQUEST("GET /api/v1/flow" + HEAD + LENGTH, " ");

        private final String start;
        private final String drop;

        Body(String start, String drop) {
            this.start = start;
            this.drop = drop;
        }
    }

    enum Head {
        OF_BLANK_LINES("", "\r\n"),
        IN_ITS_FIRST_LINE("GET /", "x"),
        IN_ITS_HEADERS("GET /api/v1/flow" + HEAD + "X: ", "x"),
        BEHIND_ANOTHER_REQUEST("GET /api/v1/flow" + HEAD + "\r\nGET /", "x");

        private final String start;
        private final String drop;

        Head(String start, String drop) {
            this.start = start;
            this.drop = drop;
        }
    }

    @AfterEach
    void closeAll() {
        clients.forEach(SlowClient::close);
    }

    @ParameterizedTest
    @EnumSource
    void a_slow_body_is_given_up_with_408_on_both_ports(Body body) {
        var onPublicPort = slow(http.port(), body.start, body.drop);
        var onManagementPort = slow(managementPort, body.start, body.drop);

        for (var client : List.of(onPublicPort, onManagementPort)) {
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("Connection: close")
                    .contains("application/problem+json")
                    .contains("/problems/request-timeout");
            assertThat(client.hasSentAll()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_slow_head_is_given_up_on_both_ports(Head head) {
        var onPublicPort = slow(http.port(), head.start, head.drop);
        var onManagementPort = slow(managementPort, head.start, head.drop);

        for (var client : List.of(onPublicPort, onManagementPort)) {
            var _ = client.answer();
            assertThat(client.hasSentAll()).isFalse();
        }
    }

    @Test
    void what_follows_a_refusal_is_not_read_for_ever() {
        var client = slow(http.port(), POST + "Content-Encoding: gzip\r\n" + LENGTH, " ");

        assertThat(client.answer()).startsWith("HTTP/1.1 415 ");
        assertThat(client.hasSentAll()).isFalse();
    }

    @Test
    void slow_bodies_hold_no_place() {
        var slow = new ArrayList<SlowClient>();
        for (int i = 0; i < 3 * PLACES; i++) {
            slow.add(slow(http.port(), POST + JSON + LENGTH, " "));
        }
        await().until(() -> slow.stream().allMatch(SlowClient::hasBegun));

        assertThat(http.get("/api/v1/flow").status()).isEqualTo(200);
        await().until(() -> admission.free() == PLACES);
        assertThat(slow).allSatisfy(client -> assertThat(client.answer()).contains(" 408 "));
    }

    @Test
    void a_body_that_takes_a_while_is_read() throws IOException {
        String body = "{\"name\": \"patient\", \"quantity\": 1}";
        try (var socket = new Socket("localhost", http.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = socket.getOutputStream();
            out.write(bytes(POST + JSON + "Connection: close\r\nContent-Length: "));
            out.write(bytes(body.length() + "\r\n\r\n" + body.charAt(0)));
            out.flush();
            SlowClient.pause(300);
            out.write(bytes(body.substring(1)));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void clients_that_do_not_read_hold_no_place() throws IOException {
        int begun = Things.LARGE_BEGUN.get();
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 3 * PLACES; i++) {
                var socket = new Socket("localhost", http.port());
                sockets.add(socket);
                socket.getOutputStream().write(bytes("GET /api/v1/large" + HEAD + "\r\n"));
                int answered = begun + i + 1;
                await().until(() -> Things.LARGE_BEGUN.get() == answered);
            }

            await().until(() -> admission.free() == PLACES);
            assertThat(http.get("/api/v1/flow").status()).isEqualTo(200);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private SlowClient slow(int port, String start, String drop) {
        var client = new SlowClient(port, start, drop);
        clients.add(client);
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final class SlowClient {

        private final Socket socket;
        private final Thread sending;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final AtomicBoolean sentAll = new AtomicBoolean();

        SlowClient(int port, String start, String drop) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(bytes(start));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sending = Thread.startVirtualThread(() -> drip(drop));
        }

        private void drip(String drop) {
            try {
                for (int i = 0; i < BYTES; i++) {
                    socket.getOutputStream().write(bytes(drop));
                    begun.set(true);
                    pause(PAUSE_MILLIS);
                }
                sentAll.set(true);
                socket.shutdownOutput();
            } catch (IOException _) {
                // The server has closed the connection.
            }
        }

        static void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        boolean hasBegun() {
            return begun.get();
        }

        boolean hasSentAll() {
            return sentAll.get();
        }

        /// All that comes until the server closes; a reset connection is closed too.
        String answer() {
            var answer = new StringBuilder();
            try {
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    answer.append((char) b);
                }
            } catch (SocketException _) {
                // Closed while we were still sending.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return answer.toString();
        }

        void close() {
            try {
                sending.interrupt();
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
