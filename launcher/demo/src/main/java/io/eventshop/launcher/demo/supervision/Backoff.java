package io.eventshop.launcher.demo.supervision;

import java.time.Duration;

/// How long to wait before a part that died is started again. A part that had lived for a while
/// comes back at once; one that keeps dying young waits twice as long each time, so that a broken
/// configuration does not burn the machine. It never gives up: what is missing may come back.
final class Backoff {

    private static final Duration YOUNG = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = Duration.ZERO;

    Duration afterLifeOf(Duration life) {
        if (life.compareTo(YOUNG) >= 0) {
            next = Duration.ZERO;
        }
        Duration wait = next;
        next = wait.isZero() ? SHORTEST : shorter(wait.multipliedBy(2), LONGEST);
        return wait;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
