package io.eventshop.proof.benchmark;

import java.util.Collection;

/// How long many things took, by nearest rank.
final class Percentiles {

    private final long[] sortedNanos;

    Percentiles(Collection<Long> nanos) {
        this.sortedNanos = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sortedNanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    int count() {
        return sortedNanos.length;
    }

    double millis(int percent) {
        int rank = Math.max(1, Math.ceilDiv(sortedNanos.length * percent, 100));
        return sortedNanos[rank - 1] / 1e6;
    }
}
