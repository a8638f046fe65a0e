package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.parts.ServiceEnvironment;
import io.eventshop.launcher.servers.ChildProcess;
import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Waiting;
import io.eventshop.launcher.services.Service;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One instance of a service, as a process that can be killed and started again on the same ports.
public final class ServiceProcess {

    /// Six at once, on two cores that do other things as well, took 46 s.
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(8);

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

    /// Of what a service said that did not start: its log is deleted with the rest of the test's.
    private static final int LINES_TOLD = 40;

    private static final List<String> JVM =
            List.of(JavaProgram.java(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Service service;
    private final String name;
    private final Path directory;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private volatile @Nullable ChildProcess process;

    public ServiceProcess(
            Service service, int instance, Path directory, Map<String, String> settings) {
        this.service = service;
        this.name = name(service, instance);
        this.directory = directory;
        var environment = new HashMap<>(settings);
        environment.putAll(ServiceEnvironment.listeningOn(port, managementPort));
        this.environment = environment;
    }

    public static String name(Service service, int instance) {
        return service.name() + "-" + instance;
    }

    public Service service() {
        return service;
    }

    public String name() {
        return name;
    }

    public Path logFile() {
        return directory.resolve(name + ".log");
    }

    public URI uri(String path) {
        return api().resolve(path);
    }

    public URI api() {
        return URI.create("http://localhost:" + port);
    }

    public URI managementUri(String path) {
        return management().resolve(path);
    }

    public URI management() {
        return URI.create("http://localhost:" + managementPort);
    }

    /// Launches the service as `./demo` does.
    public void launch() {
        launch(Map.of());
    }

    /// @param further environment, besides what makes the instance a part of its shop
    public void launch(Map<String, String> further) {
        launch(PreparedServices.of(service).command(JavaProgram.java()), further);
    }

    /// Launches the service with classes that go before its own.
    public void launchWith(Path classes) {
        Path jar = PreparedServices.of(service).jar();
        launch(
                List.of(
                        "-cp",
                        classes + File.pathSeparator + jar,
                        PreparedServices.mainClass(service)));
    }

    /// Launches the service in whatever way `java` is told to, here after the options that all
    /// services of the tests have.
    public void launch(List<String> program) {
        var arguments = new ArrayList<>(JVM);
        arguments.addAll(program);
        launchCommand(arguments);
    }

    /// @param command the whole of it, beginning with the Java to run it
    public void launchCommand(List<String> command) {
        launch(command, Map.of());
    }

    private void launch(List<String> command, Map<String, String> further) {
        var all = new HashMap<>(environment);
        all.putAll(further);
        process =
                ChildProcess.start(
                        new ChildProcess.Command(name, command, all, directory, Signal.TERM));
    }

    public void awaitReady() {
        if (!Waiting.until(this::isReady, STARTED_WITHIN)) {
            throw new IllegalStateException(
                    "%s is not ready after %d s:%n%s"
                            .formatted(name(), STARTED_WITHIN.toSeconds(), lastLines()));
        }
    }

    private boolean isReady() {
        if (!isAlive()) {
            throw new IllegalStateException(
                    "%s ended while starting:%n%s".formatted(name(), lastLines()));
        }
        try {
            var request =
                    HttpRequest.newBuilder(managementUri("/actuator/health/readiness")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String lastLines() {
        var launched = process;
        return launched == null ? "it was not launched" : launched.lastLines(LINES_TOLD);
    }

    /// @throws IllegalStateException if it was never launched
    public long pid() {
        var launched = process;
        if (launched == null) {
            throw new IllegalStateException(name() + " was not launched");
        }
        return launched.pid();
    }

    public boolean isAlive() {
        var launched = process;
        return launched != null && launched.isAlive();
    }

    /// @throws IllegalStateException if it was never launched
    /// @throws IllegalThreadStateException while it is alive
    public int exitStatus() {
        var launched = process;
        if (launched == null) {
            throw new IllegalStateException(name() + " was not launched");
        }
        return launched.exitStatus();
    }

    public void kill() {
        var launched = process;
        if (launched != null) {
            launched.kill();
        }
    }

    public void signal(Signal signal) {
        var launched = process;
        if (launched != null) {
            launched.signal(signal);
        }
    }

    public void stop() {
        var launched = process;
        if (launched != null) {
            launched.stop(STOPPED_WITHIN);
        }
    }
}
