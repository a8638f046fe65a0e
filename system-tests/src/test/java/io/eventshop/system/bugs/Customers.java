package io.eventshop.system.bugs;

import io.eventshop.launcher.check.History;
import io.eventshop.system.Service;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders, and writes down what it was told. What got no answer is repeated with its key.
final class Customers implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int SEED_ITEMS = 8;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor();
    private final SmallShop shop;
    private final History history;

    Customers(SmallShop shop, History history) {
        this.shop = shop;
        this.history = history;
    }

    /// What somebody wants.
    ///
    /// @param key null for who does not mind to get it twice
    record Wish(@Nullable String key, String customer, String email, Map<String, Integer> lines) {

        static Wish of(String sku, int quantity) {
            String key = UUID.randomUUID().toString();
            return new Wish(key, "ada", "ada-" + key + "@example.test", Map.of(sku, quantity));
        }

        Wish withoutKey() {
            return new Wish(null, customer, email, lines);
        }
    }

    void awaitSeedItems() {
        Eventually.await("order-service knows the seed items")
                .pollInterval(PAUSE)
                .ignoreExceptions()
                .until(() -> knownItems() >= SEED_ITEMS);
    }

    private int knownItems() throws IOException, InterruptedException {
        var info = shop.process(Service.ORDER).managementUri("/actuator/info");
        return JSON.readTree(send(HttpRequest.newBuilder(info)).body()).at("/items/known").asInt();
    }

    /// Some orders, one after the other, each until it is accepted.
    void place(int count, String sku) {
        for (int i = 0; i < count; i++) {
            var _ = place(Wish.of(sku, 1 + i % 3));
        }
    }

    /// Repeats the wish with its key until it is accepted.
    UUID place(Wish wish) {
        return Eventually.await("the order is accepted")
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(() -> attempt(wish), id -> id != null);
    }

    Future<UUID> placeMeanwhile(Wish wish) {
        return crowd.submit(() -> place(wish));
    }

    /// One attempt.
    ///
    /// @return null unless it was accepted
    @Nullable UUID attempt(Wish wish) throws InterruptedException {
        String request = wish.key() == null ? UUID.randomUUID().toString() : wish.key();
        var builder =
                HttpRequest.newBuilder(shop.process(Service.ORDER).uri("/api/v1/orders"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body(wish)));
        if (wish.key() == null) {
            history.orderAskedWithoutKey(request, wish.customer(), wish.email(), wish.lines());
        } else {
            builder.header("Idempotency-Key", wish.key());
            history.orderAsked(request, wish.customer(), wish.email(), wish.lines());
        }
        try {
            HttpResponse<String> answer = send(builder);
            if (answer.statusCode() / 100 != 2) {
                history.orderAnswered(request, answer.statusCode(), null, null);
                return null;
            }
            JsonNode order = JSON.readTree(answer.body());
            UUID id = UUID.fromString(order.get("id").asString());
            history.orderAnswered(request, answer.statusCode(), id, order.get("status").asString());
            return id;
        } catch (IOException e) {
            history.orderUnknown(request, e.toString());
            return null;
        }
    }

    private static String body(Wish wish) {
        var lines =
                wish.lines().entrySet().stream()
                        .map(line -> Map.of("sku", line.getKey(), "quantity", line.getValue()))
                        .toList();
        return JSON.writeValueAsString(
                Map.of("customerId", wish.customer(), "email", wish.email(), "lines", lines));
    }

    void cancel(UUID order) throws IOException, InterruptedException {
        history.cancellationAsked(order);
        var uri = shop.process(Service.ORDER).uri("/api/v1/orders/" + order + "/cancellation");
        var answer = send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()));
        history.cancellationAnswered(order, answer.statusCode());
    }

    /// Goods arrive in the warehouse.
    Future<Integer> receiveMeanwhile(String sku, int quantity) {
        return crowd.submit(() ->
                post(
                        HttpRequest.newBuilder(
                                shop.process(Service.INVENTORY)
                                        .uri("/api/v1/items/" + sku + "/receipts")),
                        Map.of("quantity", quantity)));
    }

    /// Somebody has mended what kept the broker from taking an event of this key.
    int retryParked(Service service, String topic, String key)
            throws IOException, InterruptedException {
        return post(
                HttpRequest.newBuilder(
                        shop.process(service).managementUri("/actuator/outbox/retry")),
                Map.of("topic", topic, "key", key, "actor", "test", "reason", "mended"));
    }

    private int post(HttpRequest.Builder request, Map<String, ?> body)
            throws IOException, InterruptedException {
        return send(request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))))
                .statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        var _ = crowd.shutdownNow();
        http.shutdownNow();
    }
}
