package io.eventshop.messaging.background;

import java.time.Duration;
import java.util.List;

/// Background work at intervals, on one thread.
public abstract class PeriodicWork extends BackgroundWork {

    private final Duration interval;

    /// @param name of the thread
    /// @param delay before the first time
    /// @param interval between the end of one time and the beginning of the next, also after a
    ///   failure
    protected PeriodicWork(String name, Duration delay, Duration interval) {
        super(name, List.of(), delay, interval);
        this.interval = interval;
    }

    /// Does it once. May throw: the next time makes up for it.
    protected abstract void work();

    @Override
    final List<? extends Step> steps() {
        Step step =
                _ -> {
                    work();
                    return Pause.of(interval);
                };
        return List.of(step);
    }
}
