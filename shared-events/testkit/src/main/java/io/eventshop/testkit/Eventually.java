package io.eventshop.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waiting by condition: the one way in which tests wait.
///
/// The limit is only there so that a failure ends. It is far above what anything here takes on a
/// loaded machine, because a test that decides judges no machine; see [PromisedTime] for what must
/// happen in time.
public final class Eventually {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private Eventually() {}

    /// Repeats assertions until all hold; at the limit the last failure is the test's.
    public static void eventually(Assertions assertions) {
        await().untilAsserted(assertions::hold);
    }

    /// Asserts now and again for the whole time, and fails at once: for what must not happen.
    public static void always(Duration time, Assertions assertions) {
        var end = System.nanoTime() + time.toNanos();
        await().until(() -> {
            assertions.hold();
            return System.nanoTime() - end >= 0;
        });
    }

    /// Awaitility, for what needs more of it.
    public static ConditionFactory await() {
        return await("the condition");
    }

    /// @param what is waited for, for the message of a failure
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(POLL_INTERVAL).atMost(LIMIT);
    }

    /// Throws while they do not hold.
    @FunctionalInterface
    public interface Assertions {
        void hold() throws Exception;
    }
}
