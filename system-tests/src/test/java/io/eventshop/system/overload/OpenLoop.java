package io.eventshop.system.overload;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Customers who come at a constant rate, whether or not those before them were answered, and who
/// do not come again when they are put off. A shop that is slow cannot slow them down.
final class OpenLoop {

    /// Of these there is enough for every order.
    private static final List<String> SKUS =
            List.of("KEYBOARD-1", "MOUSE-1", "MONITOR-1", "CABLE-1", "HEADSET-1", "WEBCAM-1");

    /// Far above what anyone has to wait: who has no answer by then gets none.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CONFIRMED_WITHIN_SECONDS = 4;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger orders = new AtomicInteger();
    private final URI uri;

    /// @param uri where orders are placed
    OpenLoop(URI uri) {
        this.uri = uri;
    }

    /// One customer's answer.
    ///
    /// @param status 0 if there was none
    /// @param retryAfter whether it said when to come again
    record Answer(int status, boolean retryAfter, long nanos) {

        boolean isAccepted() {
            return status == 202;
        }

        boolean isPutOff() {
            return status == 503 && retryAfter;
        }

        double millis() {
            return nanos / 1e6;
        }
    }

    /// Returns when everyone was answered, or has lost patience.
    List<Answer> order(double perSecond, Duration time) throws InterruptedException {
        var answers = new ArrayList<Future<Answer>>();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            long count = Math.round(perSecond * time.toMillis() / 1000);
            for (long number = 0; number < count; number++) {
                await(start + Math.round(number * TimeUnit.SECONDS.toNanos(1) / perSecond));
                answers.add(customers.submit(() -> place(request())));
            }
        }
        return answers.stream().map(OpenLoop::result).toList();
    }

    /// So many customers, each of whom orders again as soon as the last order is confirmed.
    ///
    /// @return orders a second that came to their end
    double capacity(int count, Duration time) throws InterruptedException {
        var confirmed = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                var _ =
                        customers.submit(() -> {
                            while (System.nanoTime() < end) {
                                if (isConfirmedWithin(CONFIRMED_WITHIN_SECONDS)) {
                                    confirmed.incrementAndGet();
                                }
                            }
                            return null;
                        });
            }
        }
        return confirmed.get() * 1000.0 / time.toMillis();
    }

    boolean isConfirmedWithin(long seconds) throws InterruptedException {
        return place(request().header("Prefer", "wait=" + seconds)).status() == 200;
    }

    private static Answer result(Future<Answer> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(long time) {
        for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(nextOrder()));
    }

    private Answer place(HttpRequest.Builder request) throws InterruptedException {
        long start = System.nanoTime();
        try {
            HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After").isPresent(),
                    System.nanoTime() - start);
        } catch (IOException e) {
            return new Answer(0, false, System.nanoTime() - start);
        }
    }

    private String nextOrder() {
        return """
        {"customerId":"overload","email":"overload@example.test","lines":[{"sku":"%s","quantity":1}]}
        """
                .formatted(SKUS.get(orders.getAndIncrement() % SKUS.size()));
    }
}
