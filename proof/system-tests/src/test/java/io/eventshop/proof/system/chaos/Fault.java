package io.eventshop.proof.system.chaos;

import java.time.Duration;
import java.util.Locale;

/// One thing that breaks.
///
/// @param at since the start
/// @param target the name of the part that it hits
/// @param length until it is over; a process that was killed is started then
/// @param alone whether nothing else breaks before all is well again, so that the time until then
///   says something
/// @param seed of what else there is to choose, e.g. which records
record Fault(
        int number,
        Duration at,
        FaultKind kind,
        String target,
        Duration length,
        boolean alone,
        long seed) {

    Duration end() {
        return at.plus(length);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%3d  at %7.2f s  %-21s %-24s %6.2f s%s",
                number,
                at.toMillis() / 1e3,
                kind,
                target,
                length.toMillis() / 1e3,
                alone ? "  alone" : "");
    }
}
