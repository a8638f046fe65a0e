package io.eventshop.testkit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something costly, made once, when it is first needed.
final class Lazy<T> {

    private final Supplier<T> maker;
    private @Nullable T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        var present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }
}
