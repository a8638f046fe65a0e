package io.eventshop.launcher.demo.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Keeps a set of parts running, each on a thread of its own, and tells everyone what happens.
public final class Supervisor {

    private final List<SupervisedPart> parts = new CopyOnWriteArrayList<>();
    private final Consumer<String> announcer;
    private final Consumer<List<PartState>> observer;
    private List<PartState> observed = List.of();

    /// @param announcer takes sentences for the person who watches
    /// @param observer takes the state of all parts after each change
    public Supervisor(Consumer<String> announcer, Consumer<List<PartState>> observer) {
        this.announcer = announcer;
        this.observer = observer;
    }

    /// Starts the part once the condition is met and keeps it running. The result completes with
    /// the time that its first start took.
    public CompletableFuture<Duration> run(Part part, CompletableFuture<?> condition) {
        var supervised = new SupervisedPart(part, announcer, this::observe);
        parts.add(supervised);
        observe();
        var _ =
                condition.thenRun(
                        () -> Thread.ofVirtual().name(part.name()).start(supervised::keepRunning));
        return supervised.firstReady();
    }

    public CompletableFuture<Duration> run(Part part) {
        return run(part, CompletableFuture.completedFuture(null));
    }

    /// Looks at all parts, and tells the observer when something is new. To be called now and then
    /// besides: a part gets its process in the middle of its start.
    public synchronized void observe() {
        List<PartState> states = parts.stream().map(SupervisedPart::state).toList();
        if (!states.equals(observed)) {
            observed = states;
            observer.accept(states);
        }
    }

    /// Stops parts at the same time, and returns when all of them have ended.
    public void stop(List<String> names) throws InterruptedException {
        List<Thread> stopping =
                parts.stream()
                        .filter(part -> names.contains(part.name()))
                        .map(part -> Thread.ofVirtual().start(() -> stop(part)))
                        .toList();
        for (Thread thread : stopping) {
            thread.join();
        }
    }

    private static void stop(SupervisedPart part) {
        try {
            part.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
