package io.eventshop.launcher.drills;

import java.time.Duration;

/// Waiting for what other processes do, which can only be asked again.
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private Patience() {}

    /// May fail: then it does not hold yet, since somebody may just be broken.
    interface Condition {
        boolean holds() throws Exception;
    }

    /// @return whether it came true within the limit
    static boolean until(Duration limit, Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!holds(condition)) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return true;
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }
}
