package io.eventshop.launcher.demo.parts;

import io.eventshop.launcher.demo.Checkout;
import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.supervision.Seconds;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Prepares the services once per build: unpacks each jar and runs it once, to record what it loads
/// and links. Done again only when the jar, the Java or the place of the checkout has changed.
///
/// Without a cache a service starts all the same, only slower; so a training that fails is told and
/// not fatal.
public final class Preparation {

    /// Two at a time keep two cores busy; a third would only need more memory.
    private static final int AT_A_TIME = 2;

    private static final Duration UNPACKED_WITHIN = Duration.ofMinutes(2);

    private final Checkout checkout;
    private final Checkout stage;
    private final Console console;

    public Preparation(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.stage = new Checkout(checkout.root(), checkout.runDirectory().resolve("training"));
        this.console = console;
    }

    /// Returns when all services are prepared.
    public List<PreparedService> all() {
        List<PreparedService> services = checkout.services().stream().map(this::asBuilt).toList();
        List<PreparedService> missing =
                services.stream().filter(service -> !service.isComplete()).toList();
        if (!missing.isEmpty()) {
            prepare(missing);
        }
        services.stream().filter(service -> !service.isTrained()).forEach(this::tellSlow);
        return services;
    }

    private PreparedService asBuilt(Service service) {
        Path jar = service.jar();
        Path all = checkout.prepared().resolve(service.name());
        try {
            return new PreparedService(
                    service, all.resolve(Fingerprint.of(jar, circumstances(all))));
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        }
    }

    private void prepare(List<PreparedService> missing) {
        try (var training = TrainingRun.on(stage);
                ExecutorService lanes = Executors.newFixedThreadPool(AT_A_TIME)) {
            missing.stream()
                    .map(service ->
                            CompletableFuture.runAsync(() -> prepare(service, training), lanes))
                    .toList()
                    .forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static List<String> circumstances(Path directory) {
        return List.of(
                System.getProperty("java.vm.version"),
                System.getProperty("java.home"),
                directory.toString(),
                PreparedService.SHARED_JVM_OPTIONS.toString());
    }

    private void prepare(PreparedService prepared, TrainingRun training) {
        String name = prepared.service().name();
        long start = System.nanoTime();
        console.say("%s is prepared for a quick start, once".formatted(name));
        try {
            unpack(prepared);
            train(prepared, training);
            deleteBeside(prepared.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be prepared", e);
        }
        console.say(
                "%s is prepared after %s"
                        .formatted(name, Seconds.of(Duration.ofNanos(System.nanoTime() - start))));
    }

    private void unpack(PreparedService prepared) throws IOException {
        Path unpacked = prepared.directory().resolveSibling("unpacked");
        Trees.delete(unpacked);
        Trees.delete(prepared.directory());
        Files.createDirectories(unpacked.getParent());
        extract(prepared.service(), unpacked);
        Files.move(unpacked, prepared.directory(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void extract(Service service, Path destination) {
        Path jar = service.jar();
        var command =
                new ChildProcess.Command(
                        "unpack-" + service.name(),
                        List.of(
                                JavaProgram.java(),
                                "-Djarmode=tools",
                                "-jar",
                                jar.toString(),
                                "extract",
                                "--destination",
                                destination.toString()),
                        Map.of(),
                        checkout.logs(),
                        Signal.TERM);
        ChildProcess child = ChildProcess.start(command);
        boolean ended =
                child.onExit()
                        .thenApply(_ -> true)
                        .completeOnTimeout(false, UNPACKED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
        child.stop(Duration.ofSeconds(1));
        if (!ended || child.exitStatus() != 0) {
            throw Refusal.because(
                    "%s cannot be unpacked; %s says why.".formatted(jar, child.logFile()));
        }
    }

    private void train(PreparedService prepared, TrainingRun training) throws IOException {
        Files.createDirectories(prepared.newCache().resolveSibling(""));
        try {
            training.train(prepared);
            Files.move(prepared.newCache(), prepared.cache(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IllegalStateException | IOException e) {
            console.say(
                    "%s cannot be trained: %s"
                            .formatted(prepared.service().name(), e.getMessage()));
            Files.createFile(prepared.failure());
        } finally {
            Trees.delete(prepared.newCache().resolveSibling(""));
        }
    }

    private void tellSlow(PreparedService prepared) {
        String name = prepared.service().name();
        console.say(
                "%s starts slowly, without an AOT cache; %s may say why. Delete %s to try again"
                        .formatted(name, stage.logs(), prepared.directory()));
    }

    /// What earlier builds have left.
    private static void deleteBeside(Path kept) throws IOException {
        try (Stream<Path> all = Files.list(kept.resolveSibling(""))) {
            for (Path old : all.filter(path -> !path.equals(kept)).toList()) {
                Trees.delete(old);
            }
        }
    }
}
