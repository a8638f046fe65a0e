package io.eventshop.web.limits;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The places of requests: all of them while few are refused, and half of them after a second in
/// which more than a third were.
///
/// To refuse that many takes processors as well, and what is left is enough for fewer. Those who
/// are let in are served sooner, and the events that finish what was begun get their turn. A few
/// refusals are chance: those beyond as many as there are places count.
final class Places extends Semaphore {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int all;
    private final LongSupplier clock;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Semaphore judging = new Semaphore(1);
    private volatile long judged;
    private boolean halved;

    /// @param clock in ns, from any time on
    Places(int all, LongSupplier clock) {
        super(all, true);
        this.all = all;
        this.clock = clock;
        this.judged = clock.getAsLong();
    }

    /// Takes a place.
    ///
    /// @return false if none got free in time
    boolean take(long waitNanos) throws InterruptedException {
        adapt();
        boolean success = tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        (success ? taken : refused).increment();
        return success;
    }

    /// Judges the last second, by the way: whoever comes first after it does. After a longer pause
    /// there is nothing left to judge.
    private void adapt() {
        if (sinceJudged() >= SECOND && judging.tryAcquire()) {
            try {
                long passed = sinceJudged();
                if (passed >= SECOND) {
                    boolean many = refused.sumThenReset() > taken.sumThenReset() / 2 + all;
                    resize(many && passed < 2 * SECOND);
                    judged = clock.getAsLong();
                }
            } finally {
                judging.release();
            }
        }
    }

    private long sinceJudged() {
        return clock.getAsLong() - judged;
    }

    /// Who has a place keeps it; nobody gets one until enough have left.
    private void resize(boolean halve) {
        if (halve && !halved) {
            reducePermits(all / 2);
        } else if (halved && !halve) {
            release(all / 2);
        }
        halved = halve;
    }
}
