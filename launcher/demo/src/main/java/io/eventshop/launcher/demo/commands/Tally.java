package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.demo.supervision.Seconds;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts what became of the orders of a load. Many threads write, one reads now and then.
final class Tally {

    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger unanswered = new AtomicInteger();
    final AtomicInteger unfinished = new AtomicInteger();
    final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLongArray nanos;

    Tally(int orders) {
        nanos = new AtomicLongArray(orders);
    }

    void end(String status, Duration time) {
        switch (status) {
            case "CONFIRMED" -> confirmed.incrementAndGet();
            case "REJECTED" -> rejected.incrementAndGet();
            case "CANCELLED" -> cancelled.incrementAndGet();
            default -> throw new IllegalArgumentException(status + " is not a final state");
        }
        nanos.set(ended.getAndIncrement(), time.toNanos());
    }

    /// Every order was accepted and reached a final state.
    boolean isComplete() {
        return refused.get() == 0 && unanswered.get() == 0 && unfinished.get() == 0;
    }

    String progress() {
        return "sent %d  accepted %d  confirmed %d  rejected %d  open %d  retries %d"
                .formatted(
                        sent.get(),
                        accepted.get(),
                        confirmed.get(),
                        rejected.get(),
                        accepted.get() - ended.get() - unfinished.get(),
                        retries.get());
    }

    String summary() {
        return """

        accepted   %7d
        confirmed  %7d
        rejected   %7d
        cancelled  %7d
        unfinished %7d  accepted, but in no final state within the limit
        refused    %7d  by a 4xx answer
        unanswered %7d  not accepted within the limit
        retries    %7d  of a request, with the same Idempotency-Key
        p50        %7s  from the first POST to the answer with the final state
        p99        %7s\
        """
                .formatted(
                        accepted.get(),
                        confirmed.get(),
                        rejected.get(),
                        cancelled.get(),
                        unfinished.get(),
                        refused.get(),
                        unanswered.get(),
                        retries.get(),
                        time(50),
                        time(99));
    }

    private String time(int percent) {
        int count = ended.get();
        if (count == 0) {
            return "-";
        }
        Duration time = percentile(percent, count);
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : Seconds.of(time);
    }

    /// By nearest rank.
    private Duration percentile(int percent, int count) {
        long[] sorted = new long[count];
        Arrays.setAll(sorted, nanos::get);
        Arrays.sort(sorted);
        int rank = Math.max(1, Math.ceilDiv(count * percent, 100));
        return Duration.ofNanos(sorted[rank - 1]);
    }
}
