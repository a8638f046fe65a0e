package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.proof.shop.Customer;
import java.io.IOException;
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

/// Customers who repeat what got no answer until it gets one, each without waiting for the others.
/// All that they send and are told goes into the history.
final class Customers implements AutoCloseable {

    /// A request that takes longer is given up, and what became of it is unknown.
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /// Between two attempts, doubled each time: a shop that comes back is not to be run down by all
    /// who wait for it.
    private static final Duration PAUSE_LEAST = Duration.ofMillis(200);

    private static final Duration PAUSE_MOST = Duration.ofSeconds(8);

    private final long seed;
    private final Customer customer;
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

    /// @param customer who gives up after [#ANSWER_LIMIT]
    Customers(long seed, Customer customer) {
        this.seed = seed;
        this.customer = customer;
    }

    /// The next customer comes, and is not waited for.
    void next() {
        int mine = number++;
        var _ = threads.submit(() -> order(mine));
    }

    private boolean order(int mine) throws InterruptedException {
        var order = PlannedOrder.of(seed, mine);
        UUID id = placed(order);
        accepted.add(id);
        if (order.cancelledAfter().isPresent()) {
            Thread.sleep(order.cancelledAfter().get());
            cancel(id);
        }
        return true;
    }

    private UUID placed(PlannedOrder order) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            var sent = Instant.now();
            try {
                Answer answer = customer.ask(order.wish());
                attempts.add(new Attempt(sent, Instant.now(), answer.status()));
                if (answer.isAccepted()) {
                    return answer.id();
                }
                noteUnlessPutOff("order " + order.key(), answer);
            } catch (IOException e) {
                attempts.add(new Attempt(sent, Instant.now(), 0));
            }
            pause(tries);
        }
    }

    private void cancel(UUID id) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                Answer answer = customer.cancel(id);
                if (answer.status() == 200) {
                    cancelled.incrementAndGet();
                    return;
                }
                if (answer.status() == 409 && answer.body().contains("order-not-cancellable")) {
                    return; // it was rejected meanwhile
                }
                noteUnlessPutOff("cancellation of " + id, answer);
            } catch (IOException e) {
                // Unknown, and the question stands without an answer in the history.
            }
            pause(tries);
        }
    }

    /// Nothing else than "later" may be answered to a request that is in order.
    private void noteUnlessPutOff(String what, Answer answer) {
        if (!answer.isPutOff()) {
            refusals.add("%s was answered %d: %s".formatted(what, answer.status(), answer.body()));
        }
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
    }
}
