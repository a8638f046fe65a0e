package io.eventshop.launcher.servers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for something outside this JVM, which can only be asked again.
public final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /// @return whether the condition came true within the limit; false as well if this thread was
    ///   interrupted
    public static boolean until(BooleanSupplier condition, Duration limit) {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
