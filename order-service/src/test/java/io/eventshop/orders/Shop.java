package io.eventshop.orders;

import static io.eventshop.testkit.Eventually.eventually;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.orders.item.ItemCopies;
import io.eventshop.testkit.Fact;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.springframework.core.env.Environment;

/// What a customer can do, over HTTP.
public class Shop {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Environment environment;

    /// Lists what the tests order: some in euros, one in dollars, one that is dearer than money.
    Shop(Environment environment, ItemCopies items) {
        this.environment = environment;
        list(items, "KEYBOARD-1", new Money(4_999, "EUR"));
        list(items, "MOUSE-1", new Money(1_999, "EUR"));
        list(items, "SOLD-OUT-1", new Money(29_900, "EUR"));
        list(items, "DOLLAR-1", new Money(100, "USD"));
        list(items, "DEAREST-1", new Money(Money.AMOUNT_MAX, "EUR"));
    }

    private static void list(ItemCopies items, String sku, Money price) {
        var listed = new ItemListed(new Sku(sku), sku, price);
        var batch = new ItemCopies.Listed();
        var _ = items.on(listed, Inventory.metadata(Fact.of(listed)), batch);
        items.keep(batch);
    }

    /// A body that orders one of each of these; `MOUSE-1*3` orders three.
    public static String order(String customer, String... lines) {
        var items =
                Arrays.stream(lines)
                        .map(line -> (line + "*1").split("\\*"))
                        .map(line -> "{\"sku\":\"%s\",\"quantity\":%s}".formatted(line[0], line[1]))
                        .collect(joining(","));
        return "{\"customerId\":\"%s\",\"email\":\"%s@example.com\",\"lines\":[%s]}"
                .formatted(customer, customer, items);
    }

    /// A customer that no other test knows.
    public static String customer() {
        return "customer-" + UUID.randomUUID();
    }

    public Answer places(String body, String... headers) {
        return post("/api/v1/orders", body, headers);
    }

    /// An order that is placed and of which nothing else is of interest.
    public UUID hasPlaced() {
        return places(order(customer(), "KEYBOARD-1")).id();
    }

    public Answer cancels(UUID orderId, String... headers) {
        return post("/api/v1/orders/" + orderId + "/cancellation", "", headers);
    }

    public Answer sees(UUID orderId, String... headers) {
        return get("/api/v1/orders/" + orderId, headers);
    }

    public void soonSees(UUID orderId, String status) {
        eventually(() -> assertThat(sees(orderId).text("/status")).isEqualTo(status));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public Answer post(String path, String body, String... headers) {
        var request = request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !Arrays.asList(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    /// On the management port.
    public Answer manages(String path) {
        return send(HttpRequest.newBuilder(managementUri(path)).build());
    }

    /// On the management port.
    public Answer manages(String method, String path, String json) {
        return send(
                HttpRequest.newBuilder(managementUri(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private URI managementUri(String path) {
        var port = environment.getRequiredProperty("local.management.port");
        return URI.create("http://localhost:" + port + path);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var port = environment.getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest request) {
        try {
            return new Answer(
                    http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                            .get(30, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
