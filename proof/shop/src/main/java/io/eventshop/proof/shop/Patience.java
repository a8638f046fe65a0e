package io.eventshop.proof.shop;

import io.eventshop.launcher.servers.Waiting;
import java.time.Duration;

/// Waiting for what other processes do while one of them may be broken.
public final class Patience {

    private Patience() {}

    /// May fail: then it does not hold yet.
    public interface Condition {
        boolean holds() throws Exception;
    }

    /// @return whether it came true within the limit
    public static boolean until(Duration limit, Condition condition) throws InterruptedException {
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
