package io.eventshop.proof.system.demo;

import static io.eventshop.testkit.Eventually.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.parts.DemoPorts;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs `./demo` in a run directory of its own, so that neither the data nor the ports of a demo
/// that somebody has open are touched.
final class DemoScript implements AutoCloseable {

    /// The first start also builds and prepares.
    private static final Duration READY_WITHIN = Duration.ofMinutes(20);

    private static final Duration COMMAND_WITHIN = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path script;
    private final Path runDirectory;
    private final Path output;
    private final Map<String, Integer> ports = new HashMap<>();
    private @Nullable Process launcher;

    DemoScript(Path script, Path runDirectory) {
        this.script = script;
        this.runDirectory = runDirectory;
        this.output = runDirectory.resolve("demo.out");
        DemoPorts.usual(Services.ALL).keySet().forEach(name -> ports.put(name, Ports.free()));
    }

    /// What a command has printed, on both of its streams.
    record Result(int exitCode, String output) {}

    void start(String... options) throws IOException {
        start(withPorts(options), "Event Shop is ready");
    }

    /// Only PostgreSQL, Kafka and the mail sink.
    void startServers() throws IOException {
        var words = new ArrayList<>(List.of("servers"));
        for (String name : List.of(DemoPorts.POSTGRES, DemoPorts.KAFKA, DemoPorts.SMTP)) {
            words.addAll(List.of("--" + name, requireNonNull(ports.get(name)).toString()));
        }
        start(words, "The servers of Event Shop are ready");
    }

    private void start(List<String> words, String ready) throws IOException {
        Files.createDirectories(runDirectory);
        Process started = process(output, words).start();
        launcher = started;
        await().atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Files.readString(output).contains(ready) || !started.isAlive());
        assertThat(started.isAlive()).as(Files.readString(output)).isTrue();
    }

    List<String> withPorts(String... options) {
        var words = new ArrayList<>(List.of(options));
        ports.forEach((name, port) -> words.addAll(List.of("--" + name, port.toString())));
        return words;
    }

    Result run(String... words) throws IOException, InterruptedException {
        return run(List.of(words));
    }

    Result run(List<String> words) throws IOException, InterruptedException {
        Path answer = Files.createTempFile(runDirectory, "command", ".out");
        Process process = process(answer, words).start();
        assertThat(process.waitFor(COMMAND_WITHIN)).isTrue();
        return new Result(process.exitValue(), Files.readString(answer));
    }

    /// A command that runs while the test does something else.
    Process runInBackground(Path answer, String... words) throws IOException {
        return process(answer, List.of(words)).start();
    }

    private ProcessBuilder process(Path answer, List<String> words) {
        var command = new ArrayList<String>();
        command.add(script.toString());
        command.addAll(words);
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile());
        builder.environment().put("EVENTSHOP_DEMO_DIRECTORY", runDirectory.toString());
        return builder;
    }

    /// As a service of this demo sees it.
    Database database(Service service) {
        int port = requireNonNull(ports.get(DemoPorts.POSTGRES));
        return Database.onLoopback(port, service.database(), service.password(_ -> null));
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    Map<String, Long> pids() throws IOException, InterruptedException {
        Result status = run("status", "--json");
        assertThat(status.exitCode()).as(status.output()).isZero();
        var pids = new HashMap<String, Long>();
        for (JsonNode part : JSON.readTree(status.output()).path("parts")) {
            pids.put(part.path("name").asString(), part.path("pid").asLong(0));
        }
        return pids;
    }

    boolean allReady() throws IOException, InterruptedException {
        Result status = run("status", "--json");
        for (JsonNode part : JSON.readTree(status.output()).path("parts")) {
            if (!part.path("status").asString().equals("ready")) {
                return false;
            }
        }
        return status.exitCode() == 0;
    }

    Process launcher() {
        Process started = launcher;
        if (started == null) {
            throw new IllegalStateException("the demo was not started");
        }
        return started;
    }

    /// All processes that belong to this demo, by what stands on their command lines.
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info()
                                .commandLine()
                                .filter(line -> line.contains(runDirectory.toString()))
                                .isPresent())
                .toList();
    }

    @Override
    public void close() {
        Process started = launcher;
        if (started == null || !started.isAlive()) {
            return;
        }
        started.destroy();
        try {
            if (!started.waitFor(Duration.ofSeconds(30))) {
                started.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
