package io.eventshop.launcher.drills;

import io.eventshop.launcher.check.History;
import io.eventshop.launcher.supervision.PartState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// The drills' customer, at one instance of order-service. What he asks and is told goes into the
/// demo's history, so that the check in the end knows of it.
///
/// @param port of the instance
record Orders(Rest rest, History history, int port) {

    private static final String CUSTOMER = "drill";
    private static final String EMAIL = "drill@example.test";

    /// @param time from the request to its answer
    record Placed(UUID id, Duration time) {}

    Orders at(PartState instance) {
        return new Orders(rest, history, instance.port());
    }

    /// Does not wait for the order's end.
    ///
    /// @throws IOException if it was not accepted
    Placed place(String sku, int quantity) throws IOException, InterruptedException {
        String key = UUID.randomUUID().toString();
        history.orderAsked(key, CUSTOMER, EMAIL, Map.of(sku, quantity));
        long start = System.nanoTime();
        Rest.Answer answer;
        try {
            answer =
                    rest.send(
                            "POST",
                            Rest.at(port, "/api/v1/orders"),
                            """
                            {"customerId":"%s","email":"%s","lines":[{"sku":"%s","quantity":%d}]}\
                            """
                                    .formatted(CUSTOMER, EMAIL, sku, quantity),
                            "Idempotency-Key",
                            key);
        } catch (IOException e) {
            history.orderUnknown(key, e.toString());
            throw e;
        }
        if (answer.status() / 100 != 2) {
            history.orderAnswered(key, answer.status(), null, null);
            throw new IOException(
                    "order-service answered %d: %s".formatted(answer.status(), answer.body()));
        }
        var time = Duration.ofNanos(System.nanoTime() - start);
        var id = UUID.fromString(answer.body().path("id").asString());
        history.orderAnswered(key, answer.status(), id, answer.body().path("status").asString());
        return new Placed(id, time);
    }

    List<UUID> place(int count, String sku) throws IOException, InterruptedException {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            ids.add(place(sku, 1).id());
        }
        return List.copyOf(ids);
    }

    void cancel(UUID id) throws IOException, InterruptedException {
        history.cancellationAsked(id);
        Rest.Answer answer =
                rest.send("POST", Rest.at(port, "/api/v1/orders/" + id + "/cancellation"), "");
        history.cancellationAnswered(id, answer.status());
        if (answer.status() / 100 != 2) {
            throw new IOException(
                    "the cancellation was answered %d: %s"
                            .formatted(answer.status(), answer.body()));
        }
    }

    String status(UUID id) throws IOException, InterruptedException {
        return rest.get(Rest.at(port, "/api/v1/orders/" + id)).path("status").asString();
    }

    /// What has happened to it, oldest first.
    List<JsonNode> history(UUID id) throws IOException, InterruptedException {
        var steps = new ArrayList<JsonNode>();
        rest.get(Rest.at(port, "/api/v1/orders/" + id + "/history"))
                .path("items")
                .forEach(steps::add);
        return steps;
    }
}
