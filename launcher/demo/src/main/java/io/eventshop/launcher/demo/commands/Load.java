package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.client.OrderClient;
import io.eventshop.launcher.demo.client.OrderClient.Answer;
import io.eventshop.launcher.demo.client.OrderRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// An open loop: the next order is placed when its time has come, whether or not earlier ones were
/// answered. A slow shop cannot slow the load down and so hide how slow it is.
///
/// Each order is one virtual thread: it repeats the POST with the same `Idempotency-Key` and
/// `Prefer: wait` until it gets the order in a final state, and its time is the one from the first
/// POST to that answer. As a rule that is one request, so the load measures the shop and not its
/// own polling. Parts may be killed meanwhile, and every accepted order still has to end.
final class Load {

    /// Protects this process and its sockets; reaching it is told, because the loop is no longer
    /// open then.
    private static final int IN_FLIGHT_MAX = 4_000;

    private static final int WAIT_SECONDS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /// Thousands of clients that come back every other second would themselves be the overload that
    /// they wait for to end.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final OrderClient client;
    private final Plan plan;
    private final Tally tally;
    private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);

    /// @param limit how long one order may take from its first POST to its final state
    /// @param skus one of them per order, in turn
    record Plan(int orders, int ratePerSecond, Duration limit, List<String> skus) {}

    Load(OrderClient client, Plan plan, Tally tally) {
        this.client = client;
        this.plan = plan;
        this.tally = tally;
    }

    /// Returns when every order has ended or has used up its limit.
    void run(Console console) throws InterruptedException {
        try (ExecutorService orders = Executors.newVirtualThreadPerTaskExecutor();
                var progress = Executors.newSingleThreadScheduledExecutor()) {
            var _ =
                    progress.scheduleAtFixedRate(
                            () -> console.say(tally.progress()), 1, 1, TimeUnit.SECONDS);
            long start = System.nanoTime();
            for (int i = 0; i < plan.orders(); i++) {
                sleepUntil(start + i * TimeUnit.SECONDS.toNanos(1) / plan.ratePerSecond());
                if (!inFlight.tryAcquire()) {
                    console.say(
                            "%d orders are under way at once; waiting for some to end"
                                    .formatted(IN_FLIGHT_MAX));
                    inFlight.acquire();
                }
                String sku = plan.skus().get(i % plan.skus().size());
                var _ = orders.submit(() -> follow(OrderRequest.of(sku, 1)));
                tally.sent.incrementAndGet();
            }
            orders.shutdown();
            while (!orders.awaitTermination(1, TimeUnit.SECONDS)) {
                // each order is bounded by the plan's limit
            }
            progress.shutdownNow();
        }
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
    }

    private void follow(OrderRequest order) {
        try {
            awaitEnd(order, new Stopwatch(plan.limit()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.release();
        }
    }

    private void awaitEnd(OrderRequest order, Stopwatch clock) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        var pause = new Pause();
        boolean accepted = false;
        while (!clock.isOver()) {
            try {
                Answer answer = client.place(order, key, WAIT_SECONDS);
                if (answer.isAccepted() && !accepted) {
                    accepted = true;
                    tally.accepted.incrementAndGet();
                }
                if (answer.isFinal()) {
                    tally.end(answer.orderStatus(), clock.time());
                    return;
                }
                if (!answer.isAccepted() && !answer.isWorthRetrying()) {
                    tally.refused.incrementAndGet();
                    return;
                }
            } catch (IOException e) {
                // whoever should have answered is gone; the key makes the repetition harmless
            }
            tally.retries.incrementAndGet();
            pause.sleep();
        }
        (accepted ? tally.unfinished : tally.unanswered).incrementAndGet();
    }

    private record Stopwatch(long start, Duration limit) {

        Stopwatch(Duration limit) {
            this(System.nanoTime(), limit);
        }

        Duration time() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        boolean isOver() {
            return time().compareTo(limit) > 0;
        }
    }

    /// Grows, with jitter, so that a service that comes back is not met by everyone at once.
    private static final class Pause {

        private Duration next = FIRST_PAUSE;

        void sleep() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(
                    ThreadLocalRandom.current().nextLong(next.toMillis() / 2, next.toMillis()));
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }
}
