package io.eventshop.launcher.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What all servers share: start, wait until it answers, stop.
abstract class ServerProcess implements Server {

    /// A loaded machine takes its time; nothing that works takes this long.
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /// How often another port is tried when a free one was taken before the server had it.
    private static final int PORT_TRIES = 3;

    private static final Duration LEFTOVERS_LOOK = Duration.ofMillis(100);

    private final String name;
    private final Path directory;
    private final boolean anyPort;
    private volatile int port;
    private volatile @Nullable ChildProcess child;
    private volatile boolean stopping;

    ServerProcess(String name, Path directory, int port) {
        this.name = name;
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.anyPort = port == 0;
    }

    /// Makes ready what the server needs, e.g. formats its storage, and says how it is run.
    abstract ChildProcess.Command prepare() throws IOException;

    /// Whether it could not start because something of a killed server is still there, which goes
    /// by itself.
    ///
    /// @param log what this start has written
    boolean hasLeftovers(String log) {
        return false;
    }

    /// Whether it answers its clients.
    abstract boolean isReady();

    @Override
    public final synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " is running already, with pid " + pid());
        }
        stopping = false;
        long begun = System.nanoTime();
        for (int tries = 1; ; tries++) {
            boolean chosenHere = anyPort && child == null;
            if (chosenHere) {
                port = Ports.free();
            }
            try {
                startOnce();
                return;
            } catch (PortTakenException e) {
                child = null;
                if (!chosenHere || tries == PORT_TRIES) {
                    throw e;
                }
            } catch (LeftoversException e) {
                if (System.nanoTime() - begun > START_LIMIT.toNanos()
                        || Waiting.until(() -> stopping, LEFTOVERS_LOOK)) {
                    throw e;
                }
            }
        }
    }

    private void startOnce() {
        try {
            Files.createDirectories(directory);
            var _ = Orphans.endBelow(directory);
            var command = prepare();
            requireFree(port);
            var started = ChildProcess.start(command);
            child = started;
            if (stopping) {
                stop();
            }
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be prepared", e);
        }
    }

    /// Sockets of a server that has just ended may take a moment to go.
    final void requireFree(int needed) {
        if (!Waiting.until(() -> Ports.isFree(needed), Duration.ofSeconds(1))) {
            throw new PortTakenException(
                    "port %d, which %s needs, is taken by another program".formatted(needed, name));
        }
    }

    private void awaitReady(ChildProcess started) {
        boolean ready = Waiting.until(() -> !started.isAlive() || isReady(), START_LIMIT);
        if (stopping) {
            throw new IllegalStateException(name + " was stopped while it started");
        }
        if (!started.isAlive()) {
            var log = started.lastLines(20);
            var message =
                    "%s ended with status %d while it started:%n%s"
                            .formatted(name, started.exitStatus(), log);
            started.stop(STOP_LIMIT);
            if (hasLeftovers(log)) {
                throw new LeftoversException(message);
            }
            throw log.contains("Address already in use")
                    ? new PortTakenException(message)
                    : new IllegalStateException(message);
        }
        if (!ready) {
            var log = started.lastLines(20);
            started.stop(STOP_LIMIT);
            throw new IllegalStateException(
                    "%s did not answer within %d s:%n%s"
                            .formatted(name, START_LIMIT.toSeconds(), log));
        }
    }

    /// Does not wait for a start that is under way, but ends it.
    @Override
    public final void stop() {
        stopping = true;
        var running = child;
        if (running != null) {
            running.stop(STOP_LIMIT);
        }
    }

    @Override
    public final void kill() {
        started().kill();
    }

    @Override
    public final void pause() {
        started().signal(Signal.STOP);
    }

    @Override
    public final void resume() {
        started().signal(Signal.CONT);
    }

    @Override
    public final boolean isAlive() {
        var running = child;
        return running != null && running.isAlive();
    }

    @Override
    public final long pid() {
        return started().pid();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int port() {
        return port;
    }

    @Override
    public final Path directory() {
        return directory;
    }

    @Override
    public final Path logFile() {
        return directory.resolve(name + ".log");
    }

    private ChildProcess started() {
        var started = child;
        if (started == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return started;
    }

    private static final class PortTakenException extends IllegalStateException {
        PortTakenException(String message) {
            super(message);
        }
    }

    private static final class LeftoversException extends IllegalStateException {
        LeftoversException(String message) {
            super(message);
        }
    }
}
