package io.eventshop.launcher.demo.commands;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.demo.supervision.DemoState;
import io.eventshop.launcher.demo.supervision.Part;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.launcher.demo.supervision.Seconds;
import io.eventshop.launcher.demo.supervision.StateFile;
import io.eventshop.launcher.demo.supervision.Supervisor;
import io.eventshop.launcher.servers.ProcessId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// The parts of one demo from their start to their end.
///
/// Start: the servers together, the services as soon as PostgreSQL is there; they do not need Kafka
/// to start. Stop: the services first, so that what they have under way can still be written and
/// sent, then Kafka, the mail sink and PostgreSQL.
final class RunningDemo {

    /// Stopping takes 20 s at most. What is left shortly before is killed.
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(17);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration REMIND_EVERY = Duration.ofSeconds(30);

    private final Console console;
    private final StateFile stateFile;
    private final ProcessId launcher = ProcessId.of(ProcessHandle.current());
    private final Map<String, Integer> ports;
    private final Supervisor supervisor;
    private final List<List<String>> stopOrder = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile List<PartState> states = List.of();

    RunningDemo(Map<String, Integer> ports, StateFile stateFile, Console console) {
        this.ports = ports;
        this.stateFile = stateFile;
        this.console = console;
        this.supervisor = new Supervisor(console::say, this::remember);
    }

    private void remember(List<PartState> parts) {
        states = parts;
        stateFile.write(new DemoState(launcher, ports, parts));
    }

    /// @param servers other than PostgreSQL, in the order in which they are stopped
    void start(Part postgres, List<Part> servers, List<Part> services) {
        stopOrder.add(services.stream().map(Part::name).toList());
        servers.forEach(server -> stopOrder.add(List.of(server.name())));
        stopOrder.add(List.of(postgres.name()));

        CompletableFuture<?> database = announced(postgres, supervisor.run(postgres));
        for (Part server : servers) {
            var _ = announced(server, supervisor.run(server));
        }
        for (Part service : services) {
            var _ = announced(service, supervisor.run(service, database));
        }
    }

    private CompletableFuture<Void> announced(Part part, CompletableFuture<Duration> ready) {
        return ready.thenAccept(time ->
                console.say(
                        "%-22s is ready on port %-5d after %s"
                                .formatted(part.name(), part.port(), Seconds.of(time))));
    }

    /// What is true of a shop that works from end to end, besides that its parts are ready.
    interface ShopCondition {
        boolean holds() throws InterruptedException;
    }

    /// Returns when all parts are ready and the shop works, or when the demo is stopped.
    void awaitReady(ShopCondition shop) throws InterruptedException {
        long reminded = System.nanoTime();
        while (!allReady() || !shop.holds()) {
            if (hasStoppedWithin(LOOK_EVERY)) {
                return;
            }
            if (System.nanoTime() - reminded > REMIND_EVERY.toNanos()) {
                reminded = System.nanoTime();
                console.say("still waiting for " + missing());
            }
        }
    }

    private boolean allReady() {
        return states.stream().allMatch(state -> state.status() == PartState.Status.READY);
    }

    private String missing() {
        List<String> names =
                states.stream()
                        .filter(state -> state.status() != PartState.Status.READY)
                        .map(PartState::name)
                        .toList();
        return names.isEmpty()
                ? "order-service to know all items"
                : String.join(", ", names) + "; their logs may say why";
    }

    /// Stays until the demo is stopped.
    void watch() throws InterruptedException {
        while (!hasStoppedWithin(LOOK_EVERY)) {
            supervisor.observe();
        }
    }

    private boolean hasStoppedWithin(Duration time) throws InterruptedException {
        return stopped.await(time.toMillis(), MILLISECONDS);
    }

    void stop() {
        long start = System.nanoTime();
        console.say("stopping");
        var watchdog = new Thread(this::killWhatIsLeft, "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        try {
            for (List<String> names : stopOrder) {
                supervisor.stop(names);
            }
            stateFile.delete();
            console.say("stopped after " + Seconds.of(Duration.ofNanos(System.nanoTime() - start)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void killWhatIsLeft() {
        try {
            if (!stopped.await(STOPPED_WITHIN.toSeconds(), SECONDS)) {
                for (PartState state : states) {
                    ProcessId process = state.process();
                    if (process != null) {
                        process.running().ifPresent(ProcessHandle::destroyForcibly);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
