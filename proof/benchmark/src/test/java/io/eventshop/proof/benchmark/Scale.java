package io.eventshop.proof.benchmark;

import java.time.Duration;

/// How much is measured: `-Dbenchmark.scale=0.1` takes a tenth of everything, for a first look.
/// Only 1 gives numbers to compare.
final class Scale {

    static final double FACTOR = Double.parseDouble(System.getProperty("benchmark.scale", "1"));

    /// Less than this is no measurement, whatever the scale.
    private static final int COUNT_MIN = 100;

    private static final Duration TIME_MIN = Duration.ofSeconds(2);

    private Scale() {}

    static int of(int count) {
        return (int) Math.max(COUNT_MIN, Math.round(count * FACTOR));
    }

    static Duration of(Duration time) {
        var scaled = Duration.ofMillis(Math.round(time.toMillis() * FACTOR));
        return scaled.compareTo(TIME_MIN) < 0 ? TIME_MIN : scaled;
    }
}
