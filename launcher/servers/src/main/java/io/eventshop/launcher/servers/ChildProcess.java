package io.eventshop.launcher.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A process that this JVM started, in a session of its own: Ctrl-C in the terminal reaches only
/// the launcher, which then stops its children in the right order.
///
/// Its output goes to `<name>.log` in its directory, and its pid and start time to `<name>.pid`, by
/// which a later start finds an orphan. The [Guard] ends it when this JVM dies.
public final class ChildProcess {

    /// A log that is larger than this when its process starts is moved aside.
    private static final long LOG_BYTES_MAX = 10 << 20;

    private final Command command;
    private final Process process;

    /// Where in the log its own output begins.
    private final long logStart;

    private ChildProcess(Command command, Process process, long logStart) {
        this.command = command;
        this.process = process;
        this.logStart = logStart;
    }

    /// What to run.
    ///
    /// @param name names the log and the pid file
    /// @param arguments the program and its arguments
    /// @param environment what to set besides this JVM's own environment
    /// @param directory the working directory; is made if it is missing
    /// @param stopSignal what asks the program to end cleanly
    public record Command(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Signal stopSignal) {

        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            directory = directory.toAbsolutePath();
        }

        public Path logFile() {
            return directory.resolve(name + ".log");
        }

        Path pidFile() {
            return directory.resolve(name + PidFile.ENDING);
        }
    }

    /// Starts the process.
    ///
    /// @throws UncheckedIOException if the program cannot be run
    public static ChildProcess start(Command command) {
        try {
            Files.createDirectories(command.directory());
            rotate(command.logFile());
            long logStart = command.logFile().toFile().length();

            var builder =
                    new ProcessBuilder(Sessions.detached(command.arguments()))
                            .directory(command.directory().toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(command.logFile().toFile()));
            builder.environment().putAll(command.environment());
            var process = builder.start();

            Guard.INSTANCE.watch(process.toHandle(), command.stopSignal());
            var _ = process.onExit().thenRun(() -> Guard.INSTANCE.forget(process.pid()));
            PidFile.write(command.pidFile(), process.toHandle(), command.stopSignal());
            return new ChildProcess(command, process, logStart);
        } catch (IOException e) {
            throw new UncheckedIOException(command.name() + " cannot be started", e);
        }
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Completes when the process has ended, however that happened.
    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /// The exit status; 128 and the signal's number if a signal ended it.
    ///
    /// @throws IllegalThreadStateException while it is alive
    public int exitStatus() {
        return process.exitValue();
    }

    public Path logFile() {
        return command.logFile();
    }

    /// Asks the process to end, and kills it when the limit has passed.
    public void stop(Duration limit) {
        if (!endsBy(command.stopSignal(), limit)) {
            kill();
        }
        deletePidFile();
    }

    /// Sends the signal, and leaves the process alone if it does not end.
    public boolean endsBy(Signal signal, Duration limit) {
        signal(signal);
        return hasEnded(limit);
    }

    /// `kill -9`; returns when the process is gone.
    public void kill() {
        process.destroyForcibly();
        if (!hasEnded(Duration.ofSeconds(10))) {
            throw new IllegalStateException(
                    name() + " with pid " + pid() + " survived a kill for 10 s");
        }
        deletePidFile();
    }

    /// Does nothing if the process has ended.
    public void signal(Signal signal) {
        if (isAlive()) {
            signal.send(pid());
        }
    }

    /// The end of what the log has got since the start.
    public String lastLines(int linesMax) {
        try (var log = Files.newInputStream(logFile())) {
            log.skipNBytes(logStart);
            var lines = new String(log.readAllBytes(), UTF_8).lines().toList();
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - linesMax), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private boolean hasEnded(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void deletePidFile() {
        try {
            Files.deleteIfExists(command.pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
