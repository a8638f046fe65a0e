package io.eventshop.launcher.demo.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders at order-service, one attempt per call; whether to try again is the caller's to say.
/// Calls go round over all instances, so that a repeated attempt meets another one if there is any.
public final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> FINAL = Set.of("CONFIRMED", "REJECTED", "CANCELLED");
    private static final String ORDERS = "/api/v1/orders";

    /// The longest that order-service waits for `Prefer: wait` is ten seconds.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final HttpClient http;
    private final List<URI> services;
    private final Duration answerWithin;
    private final AtomicInteger turn = new AtomicInteger();

    public OrderClient(HttpClient http, List<URI> services) {
        this(http, services, ANSWER_WITHIN);
    }

    /// @param services where order-service is, one address for each instance
    /// @param answerWithin a request that takes longer is given up, and what became of it is
    ///   unknown
    public OrderClient(HttpClient http, List<URI> services, Duration answerWithin) {
        this.http = http;
        this.services = List.copyOf(services);
        this.answerWithin = answerWithin;
    }

    /// What a client of the shop uses.
    public static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    /// @param retryAfter whether it says when to come again
    public record Answer(int status, boolean retryAfter, String body) {

        static Answer of(HttpResponse<String> response) {
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After").isPresent(),
                    response.body());
        }

        public boolean isAccepted() {
            return status / 100 == 2;
        }

        /// "Later" and nothing else: 503 that says when, or 409, the answer while an earlier
        /// attempt with the same key is under way.
        public boolean isPutOff() {
            return status == 409 || (status == 503 && retryAfter);
        }

        /// Whether the same request can be answered differently in a moment.
        public boolean isWorthRetrying() {
            return status >= 500 || status == 409 || status == 429;
        }

        /// The order came to its end while its answer was held back.
        public boolean isFinal() {
            return isAccepted() && FINAL.contains(orderStatus());
        }

        public String orderStatus() {
            return json().path("status").asString("");
        }

        /// @throws IllegalArgumentException unless it was accepted
        public UUID id() {
            return UUID.fromString(json().path("id").asString(""));
        }

        public JsonNode json() {
            return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
        }
    }

    /// @param key null for who does not mind to get it twice
    /// @param waitSeconds how long order-service may hold the answer back for the final state
    /// @throws IOException if there was no answer, or half of one
    public Answer place(OrderRequest order, @Nullable String key, int waitSeconds)
            throws IOException, InterruptedException {
        return place(
                order, key, waitSeconds == 0 ? Map.of() : Map.of("Prefer", "wait=" + waitSeconds));
    }

    /// @param key null for who does not mind to get it twice
    /// @throws IOException if there was no answer, or half of one
    public Answer place(OrderRequest order, @Nullable String key, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = request(ORDERS).POST(BodyPublishers.ofString(order.json()));
        headers.forEach(request::header);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        Answer answer = send(request);
        if (answer.isAccepted()) {
            requireJson(answer);
        }
        return answer;
    }

    public Answer cancel(UUID id) throws IOException, InterruptedException {
        return send(request(ORDERS + "/" + id + "/cancellation").POST(BodyPublishers.noBody()));
    }

    /// @throws IOException if it was not answered 200
    public JsonNode get(UUID id) throws IOException, InterruptedException {
        return get("/" + id);
    }

    /// What has happened to it, oldest first.
    ///
    /// @throws IOException if it was not answered 200
    public List<JsonNode> history(UUID id) throws IOException, InterruptedException {
        return get("/" + id + "/history").path("items").valueStream().toList();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        Answer answer = send(request(ORDERS + path));
        if (answer.status() != 200) {
            throw new IOException("answered %d: %s".formatted(answer.status(), answer.body()));
        }
        requireJson(answer);
        return answer.json();
    }

    private static void requireJson(Answer answer) throws IOException {
        try {
            var _ = answer.json();
        } catch (JacksonException e) {
            throw new IOException("the answer is no JSON: " + answer.body(), e);
        }
    }

    private HttpRequest.Builder request(String path) {
        URI service = services.get(Math.floorMod(turn.getAndIncrement(), services.size()));
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(answerWithin);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
    }
}
