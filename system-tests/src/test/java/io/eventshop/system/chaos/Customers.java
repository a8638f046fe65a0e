package io.eventshop.system.chaos;

import io.eventshop.launcher.check.History;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Customers who repeat what got no answer until it gets one, each without waiting for the others.
/// All that they send and are told goes into the history.
final class Customers implements AutoCloseable {

    /// A request that takes longer is given up, and what became of it is unknown.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /// Between two attempts, doubled each time: a shop that comes back is not to be run down by all
    /// who wait for it.
    private static final Duration PAUSE_LEAST = Duration.ofMillis(200);

    private static final Duration PAUSE_MOST = Duration.ofSeconds(8);

    private static final int UNAVAILABLE = 503;
    private static final int CONFLICT = 409;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final long seed;
    private final List<URI> shops;
    private final History history;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Set<UUID> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cancelled = new AtomicInteger();
    private int number;

    /// One request for an order.
    ///
    /// @param status 0 if there was no answer
    record Attempt(Instant sent, Instant answered, int status) {

        boolean isAccepted() {
            return status / 100 == 2;
        }
    }

    /// @param shops where orders are taken, one address for each instance
    Customers(long seed, List<URI> shops, History history) {
        this.seed = seed;
        this.shops = List.copyOf(shops);
        this.history = history;
    }

    /// The next customer comes, and is not waited for.
    void next() {
        int mine = number++;
        var _ = threads.submit(() -> order(mine));
    }

    private boolean order(int mine) throws InterruptedException {
        var order = PlannedOrder.of(seed, mine);
        UUID id = placed(order, mine);
        accepted.add(id);
        if (order.cancelledAfter().isPresent()) {
            Thread.sleep(order.cancelledAfter().get());
            cancel(id, mine);
        }
        return true;
    }

    private UUID placed(PlannedOrder order, int mine) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            history.orderAsked(
                    order.key(), PlannedOrder.CUSTOMER, order.email(), order.quantities());
            var sent = Instant.now();
            try {
                var answer = send(post(mine + tries, "", order.body(), order.key()));
                attempts.add(new Attempt(sent, Instant.now(), answer.statusCode()));
                if (answer.statusCode() / 100 == 2) {
                    JsonNode body = JSON.readTree(answer.body());
                    var id = UUID.fromString(body.get("id").asString());
                    history.orderAnswered(
                            order.key(), answer.statusCode(), id, body.get("status").asString());
                    return id;
                }
                history.orderAnswered(order.key(), answer.statusCode(), null, null);
                noteUnlessTemporary("order " + order.key(), answer);
            } catch (IOException | JacksonException e) {
                attempts.add(new Attempt(sent, Instant.now(), 0));
                history.orderUnknown(order.key(), e.toString());
            }
            pause(tries);
        }
    }

    private void cancel(UUID id, int mine) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            history.cancellationAsked(id);
            try {
                var answer = send(post(mine + tries, "/" + id + "/cancellation", "", ""));
                history.cancellationAnswered(id, answer.statusCode());
                if (answer.statusCode() == 200) {
                    cancelled.incrementAndGet();
                    return;
                }
                if (answer.statusCode() == CONFLICT
                        && answer.body().contains("order-not-cancellable")) {
                    return; // it was rejected meanwhile
                }
                noteUnlessTemporary("cancellation of " + id, answer);
            } catch (IOException e) {
                // Unknown, and the question stands without an answer in the history.
            }
            pause(tries);
        }
    }

    /// Nothing else than "later" may be answered to a request that is in order.
    private void noteUnlessTemporary(String what, HttpResponse<String> answer) {
        int status = answer.statusCode();
        boolean temporary =
                status == CONFLICT
                        || (status == UNAVAILABLE
                                && answer.headers().firstValue("Retry-After").isPresent());
        if (!temporary) {
            refusals.add("%s was answered %d: %s".formatted(what, status, answer.body()));
        }
    }

    private HttpRequest post(int turn, String path, String body, String key) {
        URI shop = shops.get(Math.floorMod(turn, shops.size()));
        var request =
                HttpRequest.newBuilder(URI.create(shop + path))
                        .timeout(ANSWER_LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    /// With some chance in it, or all who failed together would come again together.
    private static void pause(int tries) throws InterruptedException {
        long most =
                Math.min(
                        PAUSE_MOST.toMillis(),
                        PAUSE_LEAST.toMillis() << Math.min(tries, Integer.SIZE / 2));
        Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    int came() {
        return number;
    }

    /// How many have no answer yet.
    int waiting() {
        return came() - acceptedCount();
    }

    /// How many orders were answered 2xx.
    int acceptedCount() {
        return accepted.size();
    }

    int cancelled() {
        return cancelled.get();
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /// Answers that no customer should ever get.
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /// @return whether all who came have got what they came for
    boolean awaitAll(Duration limit) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        var _ = threads.shutdownNow();
        http.shutdownNow();
    }
}
