package io.eventshop.system;

import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A customer with a stable network: asks the instances in turn, and repeats what got no answer
/// with the same `Idempotency-Key` until it gets one.
public final class ShopClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int SEED_ITEMS = 8;

    static final String CUSTOMER = "system";
    public static final String EMAIL = "system@example.test";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final AtomicInteger turn = new AtomicInteger();
    private final Shop shop;

    ShopClient(Shop shop) {
        this.shop = shop;
    }

    void awaitSeedItems() {
        for (ServiceProcess orders : shop.instances(Service.ORDER)) {
            Eventually.await(orders.name() + " knows the seed items")
                    .ignoreExceptions()
                    .until(() -> knownItems(orders) >= SEED_ITEMS);
        }
    }

    private int knownItems(ServiceProcess orders) throws IOException {
        return send(HttpRequest.newBuilder(orders.managementUri("/actuator/info")))
                .at("/items/known")
                .asInt();
    }

    /// Places an order and returns its id once a service has answered 2xx.
    public UUID placeOrder(String sku, int quantity) {
        return placeOrder(CUSTOMER, UUID.randomUUID().toString(), sku, quantity);
    }

    /// The same, for a customer and with a key that are the caller's to know.
    public UUID placeOrder(String customer, String key, String sku, int quantity) {
        JsonNode answer =
                untilAnswered(() ->
                        post("/api/v1/orders", orderOf(customer, sku, quantity))
                                .header("Idempotency-Key", key));
        return UUID.fromString(answer.get("id").asString());
    }

    /// Takes in goods once, however often that has to be said.
    public void receive(String key, String sku, int quantity) {
        var _ =
                untilAnswered(() ->
                        HttpRequest.newBuilder(
                                        next(
                                                Service.INVENTORY,
                                                "/api/v1/items/" + sku + "/receipts"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString("{\"quantity\":" + quantity + "}")));
    }

    /// Lists an item, anew or otherwise than before.
    ///
    /// @param listing the request's JSON
    public void list(String sku, String listing) {
        var _ =
                untilAnswered(() ->
                        HttpRequest.newBuilder(next(Service.INVENTORY, "/api/v1/items/" + sku))
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(listing)));
    }

    /// Places an order as part of a trace that has begun elsewhere.
    void placeOrderTraced(String sku, String traceId) {
        var _ =
                untilAnswered(() ->
                        post("/api/v1/orders", orderOf(CUSTOMER, sku, 1))
                                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01"));
    }

    private HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(next(Service.ORDER, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static String orderOf(String customer, String sku, int quantity) {
        return """
        {"customerId":"%s","email":"%s","lines":[{"sku":"%s","quantity":%d}]}
        """
                .formatted(customer, EMAIL, sku, quantity);
    }

    JsonNode order(UUID id) {
        return get(Service.ORDER, "/api/v1/orders/" + id);
    }

    JsonNode get(Service service, String path) {
        return untilAnswered(() -> HttpRequest.newBuilder(next(service, path)));
    }

    public void cancel(UUID id) {
        var _ =
                untilAnswered(() ->
                        HttpRequest.newBuilder(
                                        next(
                                                Service.ORDER,
                                                "/api/v1/orders/" + id + "/cancellation"))
                                .POST(BodyPublishers.noBody()));
    }

    /// Replays the sequence of every open dead letter, until none is left.
    public void replayDeadLetters(Service service) {
        Eventually.await("no dead letter of " + service + " is open")
                .pollInterval(PAUSE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> replayOpenLetters(next(service)) == 0);
    }

    private int replayOpenLetters(ServiceProcess instance) throws IOException {
        String letters = "/actuator/deadletters";
        JsonNode open = send(HttpRequest.newBuilder(instance.managementUri(letters)));
        for (JsonNode letter : open.get("items")) {
            var path =
                    letters
                            + "/"
                            + letter.get("consumer").asString()
                            + "/"
                            + letter.get("eventId").asString();
            var _ =
                    send(
                            HttpRequest.newBuilder(instance.managementUri(path))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"actor\":\"system-tests\"}")));
        }
        return open.get("total").asInt();
    }

    String awaitFinal(UUID id) {
        return Eventually.await("order " + id + " reaches a final state")
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> order(id).get("status").asString(),
                        status -> !status.equals("PENDING"));
    }

    private interface Call {
        HttpRequest.Builder request();
    }

    private JsonNode untilAnswered(Call call) {
        return Eventually.await("an answer")
                .pollInterval(PAUSE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> send(call.request()), answer -> !answer.isMissingNode());
    }

    /// The body of a 2xx; throws an [IOException] for whatever is worth another try.
    private JsonNode send(HttpRequest.Builder builder) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(
                            builder.timeout(Duration.ofSeconds(10)).build(),
                            BodyHandlers.ofString());
            if (response.statusCode() >= 500 || response.statusCode() == 409) {
                throw new IOException(response.statusCode() + ": " + response.body());
            }
            if (response.statusCode() >= 300) {
                throw new AssertionError(response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private URI next(Service service, String path) {
        return next(service).uri(path);
    }

    private ServiceProcess next(Service service) {
        List<ServiceProcess> instances = shop.instances(service);
        return instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
    }
}
