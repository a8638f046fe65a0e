package io.eventshop.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/// Many customers at once, each a virtual thread. Whoever wants to see the order confirmed asks the
/// service to hold its answer back until then, and asks again with the same key if that was not
/// enough.
final class Customers {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final String SECONDS_HELD_BACK = "10";

    /// Of these there is enough for every order.
    private static final List<String> SKUS =
            List.of("KEYBOARD-1", "MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", "WEBCAM-1");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger orders = new AtomicInteger();
    private final URI uri;

    /// @param uri where orders are placed
    Customers(URI uri) {
        this.uri = uri;
    }

    /// An order each time the pace says so, whatever became of the ones before.
    ///
    /// @return from the POST to CONFIRMED
    Percentiles orderAtPace(int perSecond, Duration time) throws Exception {
        var taken = new ArrayList<Future<Long>>();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            var pace = new Pace(perSecond);
            for (int number = 0; number < perSecond * time.toSeconds(); number++) {
                pace.await(number);
                taken.add(customers.submit(this::orderAndAwaitConfirmation));
            }
        }
        return new Percentiles(results(taken));
    }

    /// So many customers, each of whom orders again as soon as the last order is confirmed.
    ///
    /// @return from the POST to CONFIRMED
    Percentiles orderWithoutPause(int count, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<List<Long>> taken =
                everyone(
                        count,
                        () -> {
                            var times = new ArrayList<Long>();
                            while (System.nanoTime() < end) {
                                times.add(orderAndAwaitConfirmation());
                            }
                            return times;
                        });
        return new Percentiles(taken.stream().flatMap(List::stream).toList());
    }

    /// So many customers place so many orders in all, and wait for nothing but their being taken.
    void order(int count, int total) throws Exception {
        var left = new AtomicInteger(total);
        var placed =
                everyone(
                        count,
                        () -> {
                            int own = 0;
                            while (left.getAndDecrement() > 0) {
                                var _ =
                                        until(
                                                HttpRequest.newBuilder(uri),
                                                answer -> answer.statusCode() == 202);
                                own++;
                            }
                            return own;
                        });
        assertThat(placed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(total);
    }

    private static <T> List<T> everyone(int count, Callable<T> customer) throws Exception {
        var running = new ArrayList<Future<T>>();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                running.add(customers.submit(customer));
            }
        }
        return results(running);
    }

    private static <T> List<T> results(List<Future<T>> futures) throws Exception {
        var results = new ArrayList<T>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private long orderAndAwaitConfirmation() {
        long start = System.nanoTime();
        var answer =
                until(
                        HttpRequest.newBuilder(uri).header("Prefer", "wait=" + SECONDS_HELD_BACK),
                        found -> found.statusCode() == 200);
        long took = System.nanoTime() - start;
        assertThat(JSON.readTree(answer.body()).get("status").asString()).isEqualTo("CONFIRMED");
        return took;
    }

    private HttpResponse<String> until(
            HttpRequest.Builder place, Predicate<HttpResponse<String>> done) {
        HttpRequest request =
                place.header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .timeout(ANSWER_LIMIT)
                        .POST(BodyPublishers.ofString(nextOrder()))
                        .build();
        return Eventually.await("an order is taken")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .pollInSameThread()
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(request, BodyHandlers.ofString()), done);
    }

    private String nextOrder() {
        return """
        {"customerId":"benchmark","email":"benchmark@example.test","lines":[{"sku":"%s","quantity":1}]}
        """
                .formatted(SKUS.get(orders.getAndIncrement() % SKUS.size()));
    }
}
