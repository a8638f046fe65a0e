package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.proof.shop.Customer;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Wish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The drills' customer, who gives up what is not answered well the first time.
record Orders(HttpClient http, Customer customer) {

    private static final String NAME = "drill";

    /// @param time from the request to its answer
    record Placed(UUID id, Duration time) {}

    static Orders at(HttpClient http, int port, History history) {
        var orders = new OrderClient(http, List.of(URI.create("http://localhost:" + port)));
        return new Orders(http, new Customer(orders, history));
    }

    /// At this instance of order-service.
    Orders at(PartState instance) {
        return at(http, instance.port(), customer.history());
    }

    /// Does not wait for the order's end.
    ///
    /// @throws IOException if it was not accepted
    Placed place(String sku, int quantity) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Answer answer = customer.ask(Wish.of(NAME, NAME + "@example.test", Map.of(sku, quantity)));
        var time = Duration.ofNanos(System.nanoTime() - start);
        return new Placed(accepted(answer).id(), time);
    }

    private static Answer accepted(Answer answer) throws IOException {
        if (!answer.isAccepted()) {
            throw new IOException(
                    "order-service answered %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }

    List<UUID> place(int count, String sku) throws IOException, InterruptedException {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            ids.add(place(sku, 1).id());
        }
        return List.copyOf(ids);
    }

    void cancel(UUID id) throws IOException, InterruptedException {
        var _ = accepted(customer.cancel(id));
    }

    String status(UUID id) throws IOException, InterruptedException {
        return customer.orders().get(id).path("status").asString();
    }

    /// What has happened to it, oldest first.
    List<JsonNode> history(UUID id) throws IOException, InterruptedException {
        return customer.orders().history(id);
    }
}
