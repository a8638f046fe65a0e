package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One instance of a service.
final class ServicePart implements Part {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /// Requests under way get this long; all of the demo has to stop within 20 s.
    private static final Duration STOP_WITHIN = Duration.ofSeconds(7);

    private static final int LINES_OF_LOG_TO_QUOTE = 5;

    private final ChildProcess.Command command;
    private final int port;
    private final HttpClient http;
    private final HttpRequest readiness;
    private volatile @Nullable ChildProcess child;

    ServicePart(ChildProcess.Command command, int port, int managementPort, HttpClient http) {
        this.command = command;
        this.port = port;
        this.http = http;
        this.readiness =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/actuator/health/readiness"
                                                .formatted(managementPort)))
                        .timeout(ANSWER_WITHIN)
                        .build();
    }

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        ChildProcess started = ChildProcess.start(command);
        child = started;
        boolean ready = false;
        while (!ready) {
            if (hasEndedWithin(LOOK_EVERY, started)) {
                throw new IllegalStateException(
                        "exit code %d, the end of %s is:%n%s"
                                .formatted(
                                        started.exitStatus(),
                                        started.logFile(),
                                        started.lastLines(LINES_OF_LOG_TO_QUOTE)));
            }
            ready = isReady();
        }
    }

    private static boolean hasEndedWithin(Duration time, ChildProcess started) {
        return started.onExit()
                .thenApply(_ -> true)
                .completeOnTimeout(false, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean isReady() {
        try {
            return http.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isAlive() {
        ChildProcess last = child;
        return last != null && last.isAlive();
    }

    @Override
    public long pid() {
        ChildProcess last = child;
        if (last == null) {
            throw new IllegalStateException(name() + " was not started");
        }
        return last.pid();
    }

    @Override
    public void stop() {
        ChildProcess last = child;
        if (last != null) {
            last.stop(STOP_WITHIN);
        }
    }

    /// Asks the process to end, for one that takes longer than a demo waits.
    boolean endsWithin(Duration limit) {
        ChildProcess last = child;
        return last == null || last.endsBy(Signal.TERM, limit);
    }
}
