package io.eventshop.launcher.commands;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Places orders and looks at them, one attempt per call. Calls go round over all instances of
/// order-service, so that a repeated attempt meets another one if there is any.
final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> FINAL = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

    /// The longest that order-service waits for `Prefer: wait` is ten seconds.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final HttpClient http;
    private final List<URI> services;
    private final AtomicInteger turn = new AtomicInteger();

    OrderClient(HttpClient http, List<URI> services) {
        this.http = http;
        this.services = List.copyOf(services);
    }

    /// @param id empty unless the order was accepted
    record Answer(int status, String id, String orderStatus, String body) {

        boolean isAccepted() {
            return status == 200 || status == 202;
        }

        /// Whether the same request can be answered differently in a moment. 409 is the answer
        /// while an earlier attempt with the same key is still under way.
        boolean isWorthRetrying() {
            return status >= 500 || status == 409 || status == 429;
        }

        boolean isFinal() {
            return isAccepted() && FINAL.contains(orderStatus);
        }
    }

    /// @param waitSeconds how long order-service may hold the answer back for the final state
    Answer place(String body, String idempotencyKey, int waitSeconds)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(next().resolve("/api/v1/orders"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .timeout(ANSWER_WITHIN)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (waitSeconds > 0) {
            request.header("Prefer", "wait=" + waitSeconds);
        }
        return send(request.build());
    }

    JsonNode history(String id) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(get("/api/v1/orders/" + id + "/history"), BodyHandlers.ofString())
                        .body());
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(next().resolve(path)).timeout(ANSWER_WITHIN).build();
    }

    private URI next() {
        return services.get(Math.floorMod(turn.getAndIncrement(), services.size()));
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status != 200 && status != 202) {
            return new Answer(status, "", "", response.body());
        }
        JsonNode order = JSON.readTree(response.body());
        return new Answer(
                status,
                order.path("id").asString(),
                order.path("status").asString(),
                response.body());
    }
}
