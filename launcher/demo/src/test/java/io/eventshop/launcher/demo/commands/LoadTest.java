package io.eventshop.launcher.demo.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.commands.Load.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load against a shop that answers as it is told.
class LoadTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final PrintStream OUT = new PrintStream(OutputStream.nullOutputStream());

    private record Reply(int status, String orderStatus) {}

    private record Request(String line, String key, String prefer) {}

    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Tally tally = new Tally(1);
    private final HttpServer shop;

    LoadTest() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void open() {
        var _ = shop.createContext("/", this::answer);
        shop.start();
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    @Test
    void an_order_that_ends_while_its_post_waits_costs_one_request() throws Exception {
        replies.add(new Reply(200, "CONFIRMED"));

        placeOne(LIMIT);

        assertThat(requests)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.line()).isEqualTo("POST /api/v1/orders");
                    assertThat(request.prefer()).isEqualTo("wait=10");
                });
        assertThat(tally.summary()).containsPattern("confirmed +1\n");
        assertThat(tally.isComplete()).isTrue();
    }

    @Test
    void what_fails_or_waits_in_vain_is_repeated_with_the_same_key() throws Exception {
        replies.addAll(
                List.of(
                        new Reply(503, ""),
                        new Reply(202, "PENDING"),
                        new Reply(202, "PENDING"),
                        new Reply(200, "REJECTED")));

        placeOne(LIMIT);

        assertThat(requests).hasSize(4);
        assertThat(requests.stream().map(Request::key).distinct()).hasSize(1);
        assertThat(tally.accepted).hasValue(1);
        assertThat(tally.retries).hasValue(3);
        assertThat(tally.isComplete()).isTrue();
    }

    @Test
    void an_order_that_is_accepted_and_does_not_end_is_unfinished() throws Exception {
        replies.add(new Reply(202, "PENDING"));

        placeOne(Duration.ofMillis(50));

        assertThat(tally.accepted).hasValue(1);
        assertThat(tally.unfinished).hasValue(1);
        assertThat(tally.unanswered).hasValue(0);
    }

    @Test
    void an_order_that_is_refused_is_not_repeated() throws Exception {
        replies.add(new Reply(422, ""));

        placeOne(LIMIT);

        assertThat(requests).hasSize(1);
        assertThat(tally.refused).hasValue(1);
    }

    private void placeOne(Duration limit) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var shopUri = URI.create("http://localhost:" + shop.getAddress().getPort());
            new Load(
                            new OrderClient(http, List.of(shopUri)),
                            new Plan(1, 1, limit, List.of("MOUSE-1")),
                            tally)
                    .run(new Console(OUT, Clock.systemUTC()));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            requests.add(
                    new Request(
                            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                            headers.getFirst("Idempotency-Key"),
                            headers.getFirst("Prefer")));
            var reply = replies.size() > 1 ? replies.remove() : replies.element();
            var body =
                    "{\"id\": \"1\", \"status\": \"%s\"}"
                            .formatted(reply.orderStatus())
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
