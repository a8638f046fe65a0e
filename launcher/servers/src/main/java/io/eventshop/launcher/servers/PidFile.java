package io.eventshop.launcher.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// Where a child process was written down, so that a later launcher finds it if this one is killed.
///
/// @param stopSignal what asks it to end cleanly
record PidFile(ProcessId process, Signal stopSignal) {

    static final String ENDING = ".pid";

    static void write(Path file, ProcessHandle process, Signal stopSignal) throws IOException {
        var id = ProcessId.of(process);
        Files.writeString(file, id.pid() + " " + id.startedAt() + " " + stopSignal);
    }

    /// Empty where there is none, or one that its writer did not finish.
    static Optional<PidFile> read(Path file) throws IOException {
        try {
            var parts = Files.readString(file).strip().split(" ", -1);
            return parts.length == 3
                    ? Optional.of(
                            new PidFile(
                                    new ProcessId(
                                            Long.parseLong(parts[0]), Instant.parse(parts[1])),
                                    Signal.valueOf(parts[2])))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
