package io.eventshop.launcher.demo.supervision;

import java.time.Duration;
import java.util.Locale;

/// Durations as people read them: `3.2 s`.
public final class Seconds {

    private Seconds() {}

    public static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
