package io.eventshop.launcher.demo.parts;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.servers.Waiting;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/// Services run once, on servers and ports of their own: each starts, answers, consumes, and ends.
/// What it loads and links for that is in its cache afterwards, so that not only its next start is
/// quick but also its first requests and its return to its consumer groups.
final class TrainingRun implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration CONSUMING_WITHIN = Duration.ofMinutes(1);
    private static final Duration ENDED_WITHIN = Duration.ofMinutes(3);

    /// On two processors the common pool has only one.
    private static final Executor THREADS = Thread::startVirtualThread;

    private final Checkout stage;
    private final DemoPorts ports;
    private final DemoParts parts;
    private final List<Part> servers;
    private final CompletableFuture<Void> serversStarted;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean failed;

    private TrainingRun(Checkout stage) {
        this.stage = stage;
        this.ports = DemoPorts.free(stage.services());
        this.parts = new DemoParts(stage, ports);
        this.servers = List.of(parts.postgres(), parts.kafka());
        this.serversStarted =
                CompletableFuture.allOf(
                        servers.stream()
                                .map(server -> runAsync(server::start, THREADS))
                                .toArray(CompletableFuture<?>[]::new));
    }

    /// Begins to start the servers.
    ///
    /// @param stage where servers and services keep data and logs; the data is deleted, unless a
    ///   training fails: servers log there
    static TrainingRun on(Checkout stage) {
        deleteData(stage);
        try {
            Files.createDirectories(stage.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(stage.runDirectory() + " cannot be written", e);
        }
        return new TrainingRun(stage);
    }

    private static void deleteData(Checkout stage) {
        try {
            Trees.delete(stage.data());
        } catch (IOException e) {
            throw new UncheckedIOException(stage.data() + " cannot be deleted", e);
        }
    }

    /// Runs the service and returns when it has ended and its new cache is there.
    ///
    /// @throws IllegalStateException if it, or a server, did not work; the message says what
    void train(PreparedService prepared) {
        ServicePart part = parts.trainee(prepared);
        try {
            start(part);
            Service service = prepared.service();
            if (service.collection() != null) {
                look(service, service.collection());
            }
            if (!service.consumers().isEmpty()) {
                awaitConsumers(service);
            }
            if (!part.endsWithin(ENDED_WITHIN)) {
                throw new IllegalStateException(
                        "it did not end within %d s".formatted(ENDED_WITHIN.toSeconds()));
            }
        } catch (IllegalStateException e) {
            failed = true;
            throw e;
        } finally {
            part.stop();
        }
    }

    private void start(Part part) {
        try {
            serversStarted
                    .thenRunAsync(part::start, THREADS)
                    .get(READY_WITHIN.toSeconds(), SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("it or a server did not start: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "it was not ready within %d s".formatted(READY_WITHIN.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Lists what the service has, through its database.
    private void look(Service service, String collection) {
        var uri =
                URI.create(
                        "http://localhost:%d/api/v1/%s"
                                .formatted(ports.get(DemoPorts.of(service)), collection));
        var request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("%s answered %d".formatted(uri, status));
            }
        } catch (IOException e) {
            throw new IllegalStateException(uri + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A service is ready before its consumers are: it accepts orders without Kafka.
    private void awaitConsumers(Service service) {
        try (var log =
                EventLog.kafka("localhost:" + ports.get(DemoPorts.KAFKA), CONSUMING_WITHIN)) {
            if (!Waiting.until(() -> isConsuming(service, log), CONSUMING_WITHIN)) {
                throw new IllegalStateException(
                        "it did not consume within %d s".formatted(CONSUMING_WITHIN.toSeconds()));
            }
        }
    }

    private static boolean isConsuming(Service service, EventLog log) {
        try {
            return log.groups().stream()
                    .filter(group -> group.name().startsWith(service.name() + "."))
                    .anyMatch(EventLog.Group::consuming);
        } catch (IOException e) {
            throw new IllegalStateException("its consumer groups cannot be seen", e);
        }
    }

    @Override
    public void close() {
        servers.forEach(Part::stop);
        http.shutdownNow();
        if (!failed) {
            deleteData(stage);
        }
    }
}
