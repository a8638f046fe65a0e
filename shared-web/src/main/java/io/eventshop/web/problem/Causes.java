package io.eventshop.web.problem;

import java.util.Optional;
import java.util.stream.Stream;

/// Looks behind the wrappers that frameworks put around an exception.
final class Causes {

    /// Against chains that run in a circle.
    private static final int DEPTH_MAX = 30;

    private Causes() {}

    static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return all(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    static Stream<Throwable> all(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, t -> t != null, Throwable::getCause)
                .limit(DEPTH_MAX);
    }
}
