package io.eventshop.messaging.background;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Background work at intervals, on one thread.
public abstract class PeriodicWork extends BackgroundWork {

    private final Duration interval;

    /// @param name of the thread
    /// @param delay before the first time
    /// @param interval between the end of one time and the beginning of the next, also after a
    ///   failure
    /// @throws IllegalArgumentException if there is no interval: it would never rest
    protected PeriodicWork(String name, Duration delay, Duration interval) {
        super(name, List::of, delay, interval);
        if (!interval.isPositive()) {
            throw new IllegalArgumentException(
                    "%s needs an interval, not %s".formatted(name, interval));
        }
        this.interval = interval;
    }

    /// Does it once. May throw: the next time makes up for it.
    ///
    /// @param stopping whether the service ends: long work asks now and then, and leaves the rest
    protected abstract void work(BooleanSupplier stopping);

    @Override
    final List<? extends Step> steps() {
        return List.of(stopping -> {
            work(stopping);
            return Pause.of(interval);
        });
    }
}
