package io.eventshop.launcher.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// PostgreSQL's own lock file in its data directory.
final class PostmasterFile {

    private static final String NAME = "postmaster.pid";

    private PostmasterFile() {}

    /// Stops a server that still runs on this data. Its pid is believed only if the process was
    /// there when the file was written: after a restart of the machine it may be anyone's.
    static void endOrphan(Path data) throws IOException {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        var writtenAt = Files.getLastModifiedTime(file).toInstant();
        var orphan =
                ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process ->
                                process.info()
                                        .startInstant()
                                        .filter(start -> !start.isAfter(writtenAt.plusSeconds(2)))
                                        .isPresent())
                        .filter(process ->
                                process.info()
                                        .command()
                                        .filter(command -> command.endsWith("/postgres"))
                                        .isPresent());
        if (orphan.isPresent()) {
            ChildProcess.end(orphan.get(), Signal.INT, Duration.ofSeconds(10));
        }
    }
}
