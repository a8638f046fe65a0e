package io.eventshop.proof.system.chaos;

import io.eventshop.proof.system.chaos.Instance.Ended;
import io.eventshop.proof.system.chaos.Instance.Start;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The supervisor that every deployment has: starts an instance again that ended by itself. It also
/// notes when each one answers again.
final class Keeper implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /// So that a service that cannot start does not take all of the machine.
    private static final Duration RESTART_EVERY = Duration.ofSeconds(1);

    private final List<Instance> instances;
    private final Consumer<String> progress;
    private final Queue<Start> starts = new ConcurrentLinkedQueue<>();
    private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
    private final AtomicInteger startsGivenUp = new AtomicInteger();
    private final ScheduledExecutorService looks;

    /// One look for each, because one that hangs must not hide the others.
    Keeper(List<Instance> instances, Consumer<String> progress) {
        this.instances = instances;
        this.progress = progress;
        this.looks = Executors.newScheduledThreadPool(1 + instances.size());
        every(RESTART_EVERY, this::restart);
        instances.forEach(instance -> every(LOOK_EVERY, () -> look(instance)));
    }

    private void every(Duration interval, Runnable look) {
        var _ = looks.scheduleWithFixedDelay(look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Instance instance) {
        var start = instance.firstAnswer();
        start.ifPresent(starts::add);
        start.map(Start::toString).ifPresent(progress);
    }

    private void restart() {
        for (Instance instance : instances) {
            var ended = instance.launchIfEnded();
            if (ended.filter(Ended.WHILE_SERVING::equals).isPresent()) {
                deaths.add(instance.name() + " ended by itself while it served");
            } else if (ended.isPresent()) {
                startsGivenUp.incrementAndGet();
            }
        }
    }

    List<Start> starts() {
        return List.copyOf(starts);
    }

    /// Of instances that nobody took down.
    List<String> deaths() {
        return List.copyOf(deaths);
    }

    int startsGivenUp() {
        return startsGivenUp.get();
    }

    boolean allAnswer() {
        return instances.stream().noneMatch(Instance::isAwaited);
    }

    @Override
    public void close() {
        var _ = looks.shutdownNow();
    }
}
