package io.eventshop.testkit;

import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Another JVM with the tests' class path, to be paused and killed: an instance of a service whose
/// crash must not take the test with it. Ends with the test JVM at the latest.
public final class ChildJvm implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final ChildProcess process;

    private ChildJvm(ChildProcess process) {
        this.process = process;
    }

    /// Runs `main` of a class on the test class path, usually one beside the test.
    public static ChildJvm run(Class<?> main, String... arguments) {
        return run(main, Map.of(), arguments);
    }

    public static ChildJvm run(
            Class<?> main, Map<String, String> environment, String... arguments) {
        var name = main.getSimpleName();
        return new ChildJvm(
                ChildProcess.start(
                        new ChildProcess.Command(
                                name,
                                JavaProgram.command(main, JVM_OPTIONS, List.of(arguments)),
                                environment,
                                Trees.temporary(name),
                                Signal.TERM)));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// What it has printed until now, on both of its outputs.
    public String output() {
        try {
            return Files.readString(process.logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has printed this, e.g. that it is ready.
    public void awaitOutput(String text) {
        Eventually.await(process.name() + " prints " + text).until(() -> output().contains(text));
    }

    /// `SIGSTOP`: a long pause, as of a garbage collection or a suspended machine.
    public void pause() {
        process.signal(Signal.STOP);
    }

    /// `SIGCONT`.
    public void resume() {
        process.signal(Signal.CONT);
    }

    /// `kill -9`; returns when it is gone.
    public void kill() {
        process.kill();
    }

    /// Asks it to end.
    public void stop() {
        process.stop(STOP_LIMIT);
    }

    @Override
    public void close() {
        process.kill();
    }
}
