package io.eventshop.messaging.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What only the database knows, for gauges: asked for when somebody scrapes, and remembered for a
/// few seconds, so that the gauges of one reading cost one question. Unknown is NaN, never zero.
///
/// A scrape is needed most when the database is down, and must not end in a time-out of its own: it
/// waits for a reading for less than a second, and once. An answer that comes later is there for
/// the next one, and nobody asks again before.
public final class DatabaseReading<T> {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /// A service has up to three readings, and three seconds for a scrape.
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Supplier<T> database;
    private @Nullable CompletableFuture<T> answer;
    private long asked;

    /// @param database may throw; then the values are unknown
    public DatabaseReading(Supplier<T> database) {
        this.database = database;
    }

    /// One value of what was read; NaN if it is not known.
    public synchronized double value(ToDoubleFunction<T> part) {
        var latest = answer;
        boolean isFresh = System.nanoTime() - asked < FRESH.toNanos();
        if (latest == null || (latest.isDone() && !isFresh)) {
            latest = ask();
            answer = latest;
        }
        return latest.state() == Future.State.SUCCESS
                ? part.applyAsDouble(latest.resultNow())
                : Double.NaN;
    }

    private CompletableFuture<T> ask() {
        asked = System.nanoTime();
        var asking = CompletableFuture.supplyAsync(database, Thread::startVirtualThread);
        // Whether it is known by then, its state says.
        var _ =
                asking.handle((_, _) -> true)
                        .completeOnTimeout(false, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                        .join();
        return asking;
    }
}
