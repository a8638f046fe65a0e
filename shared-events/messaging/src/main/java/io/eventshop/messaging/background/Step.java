package io.eventshop.messaging.background;

import java.util.function.BooleanSupplier;

/// One piece of [BackgroundWork], repeated for as long as the service runs.
public interface Step {

    /// Does the next piece. If it throws, it is repeated after a pause.
    ///
    /// @param stopping whether the service ends: a long piece looks now and then, and returns early
    /// @return what to do until the next
    /// @throws InterruptedException ends the work
    Pause run(BooleanSupplier stopping) throws InterruptedException;

    /// Ends what a running piece waits for, from any thread. Called when the work stops: once the
    /// last piece is done, or when it takes too long.
    default void close() {}
}
