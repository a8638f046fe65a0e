package io.eventshop.proof.system.chaos;

import io.eventshop.launcher.servers.Signal;
import io.eventshop.proof.shop.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An instance of a service, and how its starts go. It is to run unless somebody took it down; the
/// [Keeper] sees to that.
final class Instance {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final ServiceProcess process;
    private final Map<String, String> environment;
    private final HttpClient http;
    private boolean wanted = true;
    private boolean answered;
    private Instant dueSince = Instant.now();
    private StartLog log;

    /// How a start went.
    ///
    /// @param due when it was to come back: for one that was killed and started at once, when it
    ///   was killed
    /// @param took from then until its first 2xx
    /// @param log where the service says how long its own start took
    record Start(String instance, Instant due, Duration took, StartLog log) {

        @Override
        public String toString() {
            return "%s answers after %s%s"
                    .formatted(
                            instance,
                            seconds(took),
                            log.start()
                                    .map(own -> ", its own start was " + seconds(own))
                                    .orElse(""));
        }

        private static String seconds(Duration duration) {
            return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1e3);
        }
    }

    /// @param environment besides what makes it a part of the shop
    Instance(ServiceProcess process, Map<String, String> environment, HttpClient http) {
        this.process = process;
        this.environment = Map.copyOf(environment);
        this.http = http;
        this.log = StartLog.following(process.logFile());
    }

    String name() {
        return process.name();
    }

    /// @param due when it was to come back
    synchronized void launch(Instant due) {
        wanted = true;
        answered = false;
        dueSince = due;
        log = StartLog.following(process.logFile());
        process.launch(environment);
    }

    void kill() {
        takeDown();
        process.kill();
    }

    /// Returns when it has ended.
    void stop() {
        takeDown();
        process.stop();
    }

    private synchronized void takeDown() {
        wanted = false;
    }

    void pause() {
        process.signal(Signal.STOP);
    }

    void resume() {
        process.signal(Signal.CONT);
    }

    /// Starts it again if it has ended although nobody took it down, as a supervisor would.
    ///
    /// @return what is to be said about that
    synchronized Optional<Ended> launchIfEnded() {
        if (!wanted || process.isAlive()) {
            return Optional.empty();
        }
        var ended = answered ? Ended.WHILE_SERVING : Ended.WHILE_STARTING;
        launch(answered ? Instant.now() : dueSince);
        return Optional.of(ended);
    }

    /// In which part of its life it ended by itself.
    enum Ended {
        /// A service that finds no database gives up, and is started again.
        WHILE_STARTING,
        /// Nothing that happens around it may do that.
        WHILE_SERVING
    }

    synchronized boolean isAwaited() {
        return wanted && !answered;
    }

    /// Asks its public port.
    ///
    /// @return how the start went, if it answers for the first time
    Optional<Start> firstAnswer() {
        return isAwaited() && isAnswering() ? answered(Instant.now()) : Optional.empty();
    }

    private synchronized Optional<Start> answered(Instant now) {
        if (!isAwaited()) {
            return Optional.empty();
        }
        answered = true;
        return Optional.of(new Start(name(), dueSince, Duration.between(dueSince, now), log));
    }

    /// Its public port answers before the start is over, which may still fail.
    private boolean isAnswering() {
        String collection = process.service().collection();
        return answers(process.managementUri("/actuator/health/readiness"))
                && (collection == null
                        || answers(process.uri("/api/v1/%s?limit=1".formatted(collection))));
    }

    private boolean answers(URI uri) {
        try {
            var request = HttpRequest.newBuilder(uri).timeout(ANSWER_LIMIT).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
