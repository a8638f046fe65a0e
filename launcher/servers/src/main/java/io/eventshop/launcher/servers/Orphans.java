package io.eventshop.launcher.servers;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ends what a launcher left behind that was killed together with its [Guard]: exactly the
/// processes of which a pid file lies there, recognised by number and start, and their children. A
/// process that only looks alike is foreign and stays. Two servers on one data directory would
/// destroy it.
public final class Orphans {

    /// PostgreSQL's own lock file. It is there before our pid file is, so it also tells of a server
    /// whose launcher was killed in between.
    private static final String POSTMASTER_FILE = "postmaster.pid";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Orphans() {}

    /// Ends all that were started in this directory or below; nothing may be about to start there.
    ///
    /// @return how many there were, children not counted
    public static int endBelow(Path directory) throws IOException {
        int ended = 0;
        for (Path file : pidFiles(directory)) {
            if (file.endsWith(POSTMASTER_FILE)) {
                ended += end(postmaster(file), Signal.INT);
            } else {
                var found = PidFile.read(file);
                if (found.isPresent()) {
                    ended += end(found.get().process().running(), found.get().stopSignal());
                    Files.deleteIfExists(file);
                }
            }
        }
        return ended;
    }

    /// What a server that may still run keeps in its data is not looked at: it comes and goes.
    private static List<Path> pidFiles(Path directory) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path entered, BasicFileAttributes attributes) {
                        if (!Files.exists(entered.resolve("PG_VERSION"))) {
                            return FileVisitResult.CONTINUE;
                        }
                        found.add(entered.resolve(POSTMASTER_FILE));
                        return FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(PidFile.ENDING)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    /// Its pid is believed only if the process was there when the file was written: after a restart
    /// of the machine it may be anyone's.
    private static Optional<ProcessHandle> postmaster(Path file) throws IOException {
        long pid = firstNumber(file);
        if (pid == 0) {
            return Optional.empty();
        }
        var writtenAt = Files.getLastModifiedTime(file).toInstant();
        return ProcessHandle.of(pid)
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
    }

    /// 0 where there is none.
    private static long firstNumber(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        return text.lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    private static int end(Optional<ProcessHandle> orphan, Signal stopSignal) {
        if (orphan.isEmpty()) {
            return 0;
        }
        var all = new ArrayList<ProcessHandle>(List.of(orphan.get()));
        orphan.get().descendants().forEach(all::add);
        stopSignal.send(orphan.get().pid());
        if (!haveEnded(all)) {
            all.forEach(ProcessHandle::destroyForcibly);
            if (!haveEnded(all)) {
                throw new IllegalStateException(
                        "the orphan with pid " + orphan.get().pid() + " cannot be ended");
            }
        }
        return 1;
    }

    private static boolean haveEnded(List<ProcessHandle> processes) {
        return Waiting.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive), PATIENCE);
    }
}
