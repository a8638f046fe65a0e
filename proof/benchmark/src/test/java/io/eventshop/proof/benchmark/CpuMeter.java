package io.eventshop.proof.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How much processor time some processes and their children have used. What a child had used that
/// has ended is forgotten, which is little: PostgreSQL keeps its sessions.
final class CpuMeter {

    private final List<Long> pids;
    private Duration start = Duration.ZERO;

    CpuMeter(List<Long> pids) {
        this.pids = pids;
    }

    void start() {
        start = used();
    }

    /// Milliseconds for each of so many, since the start.
    double millisPer(int count) {
        return used().minus(start).toNanos() / 1e6 / count;
    }

    private Duration used() {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
