package io.eventshop.proof.system.overload;

import io.eventshop.proof.shop.Crowd.Answered;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// How the shop did under one rate of orders.
///
/// @param times of what the machine can take
/// @param perSecond orders that came
/// @param confirmedPerSecond orders that came to their end meanwhile
/// @param generatorShare of the machine's processors, which the customers took themselves
/// @param back until an order was confirmed within a second again, once the others had gone
record Level(
        double times,
        double perSecond,
        Duration time,
        List<Answered> answers,
        double confirmedPerSecond,
        double generatorShare,
        Duration back) {

    static final String HEADER =
            """
            | load | orders/s | accepted/s | confirmed/s | put off | p50 | p99 | p99, accepted | back to normal | generator's share |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\
            """;

    double acceptedPerSecond() {
        return count(OverloadTest::isAccepted) * 1000.0 / time.toMillis();
    }

    long count(Predicate<Answered> kind) {
        return answers.stream().filter(kind).count();
    }

    /// How long so many per cent of these waited at most, in ms; NaN if there are none.
    double percentile(int percent, Predicate<Answered> kind) {
        double[] sorted =
                answers.stream().filter(kind).mapToDouble(Answered::millis).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
    }

    /// The same, for all of them.
    Duration slowest(int percent) {
        return Duration.ofNanos(Math.round(percentile(percent, _ -> true) * 1e6));
    }

    private String millis(int percent, Predicate<Answered> kind) {
        double millis = percentile(percent, kind);
        return Double.isNaN(millis) ? "-" : String.format(Locale.ROOT, "%.0f ms", millis);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %.1f× | %.0f | %.0f | %.0f | %d | %s | %s | %s | %.1f s | %.0f %% |",
                times,
                perSecond,
                acceptedPerSecond(),
                confirmedPerSecond,
                count(OverloadTest::isPutOff),
                millis(50, _ -> true),
                millis(99, _ -> true),
                millis(99, OverloadTest::isAccepted),
                back.toMillis() / 1000.0,
                100 * generatorShare);
    }
}
