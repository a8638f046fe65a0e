package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.Waiting;
import java.time.Duration;

/// Waiting for what other processes do while one of them may be broken.
final class Patience {

    private Patience() {}

    /// May fail: then it does not hold yet.
    interface Condition {
        boolean holds() throws Exception;
    }

    /// @return whether it came true within the limit
    static boolean until(Duration limit, Condition condition) throws InterruptedException {
        boolean held = Waiting.until(() -> holds(condition), limit);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return held;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            return false;
        }
    }
}
