package io.eventshop.launcher.demo.client;

import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The items of the shop: what inventory has, and how many of them order-service has heard of. They
/// travel by Kafka, so a demo where both agree works from end to end.
public final class SeedItems {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /// The demo has eight; more pages than this are somebody's experiment.
    private static final int PAGES_MAX = 10;

    private final HttpClient http;
    private final URI inventory;
    private final URI ordersManagement;

    private SeedItems(HttpClient http, URI inventory, URI ordersManagement) {
        this.http = http;
        this.inventory = inventory;
        this.ordersManagement = ordersManagement;
    }

    /// @param ports by the names of their options
    public static SeedItems of(ToIntFunction<String> ports, List<Service> services) {
        Service inventory = DemoShop.named(DemoShop.INVENTORY, services);
        Service orders = DemoShop.named(DemoShop.ORDERS, services);
        return new SeedItems(
                OrderClient.http(),
                DemoShop.local(ports.applyAsInt(DemoPorts.of(inventory))),
                DemoShop.local(ports.applyAsInt(DemoPorts.managementOf(orders))));
    }

    /// Whether order-service knows all items of inventory; false while either does not answer.
    public boolean areKnown() throws InterruptedException {
        try {
            int items = list().size();
            return items > 0 && known() >= items;
        } catch (IOException | JacksonException e) {
            return false;
        }
    }

    private int known() throws IOException, InterruptedException {
        return get(ordersManagement.resolve("/actuator/info")).at("/items/known").asInt(0);
    }

    public List<JsonNode> list() throws IOException, InterruptedException {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonNode answer = get(inventory.resolve("/api/v1/items?limit=100" + cursor));
            answer.path("items").forEach(items::add);
            if (!answer.hasNonNull("next")) {
                return items;
            }
            cursor = "&cursor=" + answer.path("next").asString();
        }
        return items;
    }

    private JsonNode get(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s answered %d".formatted(uri, response.statusCode()));
        }
        return JSON.readTree(response.body());
    }
}
