package io.eventshop.testkit.fuzz;

import java.util.function.ToLongFunction;

/// What the meters say became of a consumer's records.
record InboxCounts(long handled, long duplicates, long ignored, long dead, long parked) {

    static InboxCounts of(ToLongFunction<String> meter) {
        return new InboxCounts(
                meter.applyAsLong("handled"),
                meter.applyAsLong("duplicates"),
                meter.applyAsLong("ignored"),
                meter.applyAsLong("dead"),
                meter.applyAsLong("parked"));
    }

    InboxCounts minus(InboxCounts before) {
        return new InboxCounts(
                handled - before.handled,
                duplicates - before.duplicates,
                ignored - before.ignored,
                dead - before.dead,
                parked - before.parked);
    }

    long total() {
        return handled + duplicates + ignored + dead + parked;
    }
}
