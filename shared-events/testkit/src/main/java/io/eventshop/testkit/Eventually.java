package io.eventshop.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waiting by condition with a limit: the one way in which tests wait.
public final class Eventually {

    /// Long enough for a loaded machine and a consumer group that has yet to form.
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private Eventually() {}

    /// Repeats assertions until all hold; after [#LIMIT] the last failure is the test's.
    public static void eventually(Assertions assertions) {
        eventually(LIMIT, assertions);
    }

    public static void eventually(Duration limit, Assertions assertions) {
        waiting(limit).untilAsserted(assertions::hold);
    }

    /// Asserts now and again for the whole time, and fails at once: for what must not happen.
    public static void always(Duration time, Assertions assertions) {
        var end = System.nanoTime() + time.toNanos();
        waiting(time.plus(LIMIT))
                .until(() -> {
                    assertions.hold();
                    return System.nanoTime() - end >= 0;
                });
    }

    /// Awaitility, for what needs more of it.
    public static ConditionFactory waiting(Duration limit) {
        return Awaitility.await().pollInterval(POLL_INTERVAL).atMost(limit);
    }

    /// Throws while they do not hold.
    @FunctionalInterface
    public interface Assertions {
        void hold() throws Exception;
    }
}
