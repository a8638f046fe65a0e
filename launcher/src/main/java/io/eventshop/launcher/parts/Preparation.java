package io.eventshop.launcher.parts;

import io.eventshop.launcher.Checkout;
import io.eventshop.launcher.Console;
import io.eventshop.launcher.Refusal;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.supervision.Seconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Prepares the services once per build: unpacks each jar and starts it once without any server, to
/// record what a start loads and links. Done again only when the jar, the Java or the place of the
/// checkout has changed.
///
/// Without a cache a service starts all the same, only slower; so a training that fails is told and
/// not fatal.
public final class Preparation {

    /// Two at a time keep two cores busy; a third would only need more memory.
    private static final int AT_A_TIME = 2;

    private static final Duration UNPACKED_WITHIN = Duration.ofMinutes(2);
    private static final Duration TRAINED_WITHIN = Duration.ofMinutes(5);

    private final Checkout checkout;
    private final Console console;

    public Preparation(Checkout checkout, Console console) {
        this.checkout = checkout;
        this.console = console;
    }

    /// Returns when all services are prepared.
    public List<PreparedService> all() {
        try (ExecutorService trainers = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<CompletableFuture<PreparedService>> prepared =
                    Arrays.stream(Service.values())
                            .map(service ->
                                    CompletableFuture.supplyAsync(() -> prepare(service), trainers))
                            .toList();
            return prepared.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private PreparedService prepare(Service service) {
        Path jar = checkout.serviceJar(service.serviceName());
        try {
            Path all = checkout.prepared().resolve(service.serviceName());
            Path directory = all.resolve(Fingerprint.of(jar, circumstances(all)));
            var prepared = new PreparedService(service, directory);
            if (!prepared.isComplete()) {
                prepare(prepared, jar);
                deleteAllBut(directory, all);
            }
            if (!prepared.isTrained()) {
                console.say(
                        "%s starts slowly, without an AOT cache; %s says why"
                                .formatted(service.serviceName(), trainingLog(service)));
            }
            return prepared;
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be prepared", e);
        }
    }

    private static List<String> circumstances(Path directory) {
        return List.of(
                System.getProperty("java.vm.version"),
                System.getProperty("java.home"),
                directory.toString(),
                PreparedService.SHARED_JVM_OPTIONS.toString());
    }

    private void prepare(PreparedService prepared, Path jar) throws IOException {
        String name = prepared.service().serviceName();
        long start = System.nanoTime();
        console.say("%s is prepared for a quick start, once".formatted(name));
        unpack(prepared, jar);
        train(prepared);
        console.say(
                "%s is prepared after %s"
                        .formatted(name, Seconds.of(Duration.ofNanos(System.nanoTime() - start))));
    }

    private void unpack(PreparedService prepared, Path jar) throws IOException {
        Path unpacked = prepared.directory().resolveSibling("unpacked");
        Trees.delete(unpacked);
        Trees.delete(prepared.directory());
        Files.createDirectories(unpacked.getParent());
        List<String> command =
                List.of(
                        JavaProgram.java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        unpacked.toString());
        if (!succeeds("unpack", prepared.service(), command, UNPACKED_WITHIN)) {
            throw Refusal.because(
                    "%s cannot be unpacked; %s says why."
                            .formatted(jar, checkout.log("unpack-" + prepared.service())));
        }
        Files.move(unpacked, prepared.directory(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void train(PreparedService prepared) throws IOException {
        Path cache = prepared.directory().resolve("app.aot.new");
        boolean trained =
                succeeds(
                        "train",
                        prepared.service(),
                        prepared.trainingCommand(JavaProgram.java(), cache),
                        TRAINED_WITHIN);
        if (trained && Files.exists(cache)) {
            Files.move(cache, prepared.cache(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(cache);
            Files.createFile(prepared.failure());
        }
    }

    private Path trainingLog(Service service) {
        return checkout.log("train-" + service.serviceName());
    }

    private boolean succeeds(String what, Service service, List<String> arguments, Duration limit) {
        var command =
                new ChildProcess.Command(
                        what + "-" + service.serviceName(),
                        arguments,
                        Map.of(),
                        checkout.logs(),
                        Signal.TERM);
        ChildProcess child = ChildProcess.start(command);
        boolean ended =
                child.onExit()
                        .thenApply(_ -> true)
                        .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
        child.stop(Duration.ofSeconds(1));
        return ended && child.exitStatus() == 0;
    }

    private static void deleteAllBut(Path kept, Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.filter(child -> !child.equals(kept)).toList()) {
                Trees.delete(child);
            }
        }
    }
}
