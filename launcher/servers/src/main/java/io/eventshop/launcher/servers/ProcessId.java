package io.eventshop.launcher.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A process that cannot be mistaken for another one. Numbers are used again, after a reboot even
/// the same ones; a number together with the moment of its start is not.
public record ProcessId(long pid, Instant startedAt) {

    /// The kernel counts from boot, so a corrected clock moves the moment a little.
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /// The process, if it is still the one that was meant.
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().filter(this::isMyStart).isPresent());
    }

    private boolean isMyStart(Instant start) {
        return Duration.between(startedAt, start).abs().compareTo(CLOCK_CORRECTION) <= 0;
    }
}
