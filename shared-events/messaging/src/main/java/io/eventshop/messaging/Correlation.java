package io.eventshop.messaging;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which flow the running code belongs to and what made it run. Set once at the edge (by the web
/// filter or by the inbox) for as long as one request or one event is handled; copied into every
/// event that is made meanwhile.
///
/// @param correlationId the same for everything that one request set off
/// @param causationId the id of the event that is being handled; null while a request is being
///   served
public record Correlation(String correlationId, @Nullable String causationId) {

    private static final ScopedValue<Correlation> CURRENT = ScopedValue.newInstance();

    /// Empty outside of any request or event, e.g. in a scheduled task.
    public static Optional<Correlation> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /// Runs the work as part of this flow. What the work throws is thrown on.
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /// As [#call], for work that throws nothing checked.
    public <T extends @Nullable Object> T get(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }
}
