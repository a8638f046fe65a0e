package io.eventshop.proof.system.crash;

import static java.util.stream.Collectors.joining;

import io.eventshop.launcher.services.Service;
import io.eventshop.proof.system.crash.agent.CrashAgent;
import io.eventshop.proof.system.crash.agent.Tripwire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// Where all instances of one service look whether they shall crash now. Set while they run, so a
/// start is needed only for the recovery.
final class Trap {

    private final Path directory;

    /// @param directory is made
    Trap(Service service, Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        var steps =
                Arrays.stream(CrashPoint.values())
                        .filter(point -> point.service().equals(service))
                        .flatMap(point -> point.steps().stream())
                        .map(Step::text)
                        .distinct()
                        .toList();
        Files.write(directory.resolve(CrashAgent.STEPS_FILE), steps);
    }

    Path directory() {
        return directory;
    }

    void set(CrashPoint point) throws IOException {
        clear();
        Path next = directory.resolve("next");
        Files.writeString(
                next,
                point.steps().stream()
                        .map(Step::text)
                        .collect(joining("\n", point.name() + " " + UUID.randomUUID() + "\n", "")));
        var _ =
                Files.move(
                        next,
                        directory.resolve(Tripwire.ARMED_FILE),
                        StandardCopyOption.ATOMIC_MOVE);
    }

    void clear() throws IOException {
        Files.deleteIfExists(directory.resolve(Tripwire.ARMED_FILE));
        Files.deleteIfExists(directory.resolve(Tripwire.SPRUNG_FILE));
    }

    /// The point at which a process was killed, if one was.
    Optional<String> sprung() throws IOException {
        Path file = directory.resolve(Tripwire.SPRUNG_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String arming = Files.readAllLines(file).getFirst();
        return Optional.of(arming.substring(0, arming.indexOf(' ')));
    }
}
