package io.eventshop.proof.system.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Clocks that jump: each instance believes what a file of its own says, by libfaketime.
final class Clocks {

    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path directory;

    private Clocks(Path library, Path directory) {
        this.library = library;
        this.directory = directory;
    }

    /// @return nothing where libfaketime is not installed
    static Optional<Clocks> in(Path directory) {
        return LIBRARIES.stream()
                .filter(Files::exists)
                .findFirst()
                .map(library -> new Clocks(library, directory));
    }

    /// What makes an instance believe its file.
    Map<String, String> environment(String instance) {
        set(instance, Duration.ZERO);
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file(instance).toString(),
                // Seconds. Reading the file each time would take more than all else.
                "FAKETIME_CACHE_DURATION", "1",
                // A clock that is set jumps; the one that only ever counts on does not. With the
                // "fix" a JVM's timed waits would return at once.
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /// @param ahead of the right time; negative for behind
    void set(String instance, Duration ahead) {
        try {
            var fresh = Files.createTempFile(directory, "clock", ".new");
            Files.writeString(fresh, "%+d".formatted(ahead.toSeconds()));
            Files.move(
                    fresh,
                    file(instance),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String instance) {
        return directory.resolve(instance + ".clock");
    }
}
