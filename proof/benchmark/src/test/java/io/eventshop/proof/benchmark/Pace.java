package io.eventshop.proof.benchmark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An open loop: each thing has its time, whether or not the one before it is done, so that
/// slowness cannot hide itself by slowing the load.
final class Pace {

    private final long start = System.nanoTime();
    private final int perSecond;

    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /// Returns when it is time for this one, counted from 0.
    void await(int number) {
        long time = start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }
}
