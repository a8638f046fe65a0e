package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.demo.client.OrderRequest;
import io.eventshop.launcher.services.Service;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Everything that can be said to a shop from outside: one attempt by [#send], or repeated until it
/// is answered, as by a client with a stable network. Repetitions go to all instances in turn, with
/// the same `Idempotency-Key`.
public final class ShopClient implements AutoCloseable {

    public static final String CUSTOMER = "system";
    public static final String EMAIL = "system@example.test";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /// Nothing that works takes this long, on whatever machine.
    private static final Duration ANSWERED_AT_LAST_WITHIN = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http = OrderClient.http();
    private final AtomicInteger turn = new AtomicInteger();
    private final RunningShop shop;

    public ShopClient(RunningShop shop) {
        this.shop = shop;
    }

    /// Orders at all instances of order-service.
    ///
    /// @param answerWithin a request that takes longer is given up
    public OrderClient orders(Duration answerWithin) {
        return new OrderClient(http, shop.apis(Services.ORDER), answerWithin);
    }

    public OrderClient orders() {
        return orders(ANSWER_WITHIN);
    }

    // One attempt.

    public JsonNode get(URI uri) throws IOException, InterruptedException {
        return send("GET", uri, "");
    }

    /// @param body empty for none
    /// @param headers names and values in turn
    /// @throws IOException if it is not answered 2xx with JSON or nothing; says what was answered
    public JsonNode send(String method, URI uri, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(ANSWER_WITHIN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        int status = response.statusCode();
        if (status / 100 != 2) {
            throw notTaken(uri, status, response.body());
        }
        try {
            return response.body().isEmpty()
                    ? JSON.createObjectNode()
                    : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("%s answered no JSON: %s".formatted(uri, response.body()), e);
        }
    }

    /// An answer that the same request will always get.
    private static final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    // Until it is answered.

    private interface Attempt<T> {
        T answer() throws IOException, InterruptedException;
    }

    /// @throws IllegalStateException if it is refused, or never answered
    private static <T> T untilAnswered(Attempt<T> attempt) {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.answer();
            } catch (RefusedException e) {
                throw new IllegalStateException(e.getMessage(), e);
            } catch (IOException e) {
                if (System.nanoTime() - start > ANSWERED_AT_LAST_WITHIN.toNanos()) {
                    throw new IllegalStateException("no answer", e);
                }
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode get(Service service, String path) {
        return untilAnswered(() -> get(next(service).resolve(path)));
    }

    /// All instances of order-service have heard of all items.
    public void awaitItems() {
        for (URI management : shop.managements(Services.ORDER)) {
            await(management + " knows all items", () -> knows(management));
        }
    }

    private boolean knows(URI ordersManagement) throws IOException, InterruptedException {
        int items = get(Services.INVENTORY, "/api/v1/items?limit=100").path("items").size();
        JsonNode info = get(ordersManagement.resolve("/actuator/info"));
        return items > 0 && info.at("/items/known").asInt() == items;
    }

    private static void await(String what, Patience.Condition condition) {
        try {
            if (!Patience.until(ANSWERED_AT_LAST_WITHIN, condition)) {
                throw new IllegalStateException(
                        "not within %d s: %s".formatted(ANSWERED_AT_LAST_WITHIN.toSeconds(), what));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Places an order and returns its id once a service has answered 2xx.
    public UUID placeOrder(String sku, int quantity) {
        return placeOrder(CUSTOMER, UUID.randomUUID().toString(), sku, quantity);
    }

    /// The same, for a customer and with a key that are the caller's to know.
    public UUID placeOrder(String customer, String key, String sku, int quantity) {
        return place(OrderRequest.of(customer, EMAIL, Map.of(sku, quantity)), key, Map.of());
    }

    /// Places an order as part of a trace that has begun elsewhere.
    public void placeOrderTraced(String sku, String traceId) {
        var _ =
                place(
                        OrderRequest.of(CUSTOMER, EMAIL, Map.of(sku, 1)),
                        null,
                        Map.of("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01"));
    }

    private UUID place(OrderRequest order, @Nullable String key, Map<String, String> headers) {
        return untilAnswered(() -> accepted(nextOrders().place(order, key, headers))).id();
    }

    private OrderClient nextOrders() {
        return new OrderClient(http, List.of(next(Services.ORDER)), ANSWER_WITHIN);
    }

    private static Answer accepted(Answer answer) throws IOException {
        if (answer.isAccepted()) {
            return answer;
        }
        throw notTaken("order-service", answer.status(), answer.body());
    }

    private static IOException notTaken(Object who, int status, String body) {
        String message = "%s answered %d: %s".formatted(who, status, body);
        return status < 500 && status != 409
                ? new RefusedException(message)
                : new IOException(message);
    }

    public JsonNode order(UUID id) {
        return get(Services.ORDER, "/api/v1/orders/" + id);
    }

    public String awaitFinal(UUID id) {
        await("order " + id + " ends", () -> !order(id).get("status").asString().equals("PENDING"));
        return order(id).get("status").asString();
    }

    public void cancel(UUID id) {
        var _ = untilAnswered(() -> accepted(nextOrders().cancel(id)));
    }

    /// Takes in goods once, however often that has to be said.
    public void receive(String key, String sku, int quantity) {
        var _ =
                untilAnswered(() ->
                        send(
                                "POST",
                                item(sku, "/receipts"),
                                "{\"quantity\":" + quantity + "}",
                                "Idempotency-Key",
                                key));
    }

    /// Lists an item, anew or otherwise than before.
    ///
    /// @param listing the request's JSON
    public void list(String sku, String listing) {
        var _ = untilAnswered(() -> send("PUT", item(sku, ""), listing));
    }

    private URI item(String sku, String path) {
        return next(Services.INVENTORY).resolve("/api/v1/items/" + sku + path);
    }

    /// Replays the sequence of every open dead letter, until none is left.
    public void replayDeadLetters(Service service) {
        await(
                "no dead letter of " + service + " is open",
                () -> replayOpenLetters(nextOf(shop.managements(service))) == 0);
    }

    private int replayOpenLetters(URI management) throws IOException, InterruptedException {
        String letters = "/actuator/deadletters";
        JsonNode open = get(management.resolve(letters + "?limit=200"));
        for (JsonNode letter : open.get("items")) {
            var path =
                    letters
                            + "/"
                            + letter.get("consumer").asString()
                            + "/"
                            + letter.get("eventId").asString();
            var _ = send("POST", management.resolve(path), "{\"actor\":\"proof\"}");
        }
        return open.get("total").asInt();
    }

    private URI next(Service service) {
        return nextOf(shop.apis(service));
    }

    private URI nextOf(List<URI> instances) {
        return instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
