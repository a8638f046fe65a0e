package io.eventshop.launcher.demo.supervision;

import io.eventshop.launcher.demo.supervision.PartState.Status;
import io.eventshop.launcher.servers.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The life of one part: start, wait until it answers, wait until it dies, start again, until the
/// demo ends.
///
/// A part that is slow is left alone: only its death is a reason to start it again, because killing
/// what starts slowly on a busy machine makes the machine busier.
final class SupervisedPart {

    private final Part part;
    private final Consumer<String> announcer;
    private final Runnable stateChanged;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<Duration> firstReady = new CompletableFuture<>();

    private Status status = Status.WAITING;
    private Instant since = Instant.now();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private boolean begun;
    private @Nullable ProcessId lastProcess;

    SupervisedPart(Part part, Consumer<String> announcer, Runnable stateChanged) {
        this.part = part;
        this.announcer = announcer;
        this.stateChanged = stateChanged;
    }

    String name() {
        return part.name();
    }

    /// Asks the part itself which process it is, because it becomes one in the middle of its start.
    synchronized PartState state() {
        process().map(ProcessId::of).ifPresent(process -> lastProcess = process);
        return new PartState(part.name(), lastProcess, part.port(), status, since);
    }

    private Optional<ProcessHandle> process() {
        return part.isAlive() ? ProcessHandle.of(part.pid()) : Optional.empty();
    }

    /// Completes with the time that the part took when it takes work for the first time.
    CompletableFuture<Duration> firstReady() {
        return firstReady;
    }

    void keepRunning() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            begun = true;
        }
        try {
            while (!stopping) {
                long start = System.nanoTime();
                String end = runOnce();
                Duration wait = backoff.afterLifeOf(Duration.ofNanos(System.nanoTime() - start));
                if (!stopping) {
                    become(Status.WAITING);
                    announceRestart(end, wait);
                    pause(wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            become(Status.STOPPED);
            ended.countDown();
        }
    }

    private String runOnce() {
        long start = System.nanoTime();
        become(Status.STARTING);
        try {
            part.start();
        } catch (RuntimeException e) {
            return "did not start: " + e.getMessage();
        }
        Optional<ProcessHandle> process = process();
        becomeReady(Duration.ofNanos(System.nanoTime() - start));
        return "(process %s) ended"
                .formatted(process.map(this::awaitEnd).map(Object::toString).orElse("gone"));
    }

    private long awaitEnd(ProcessHandle process) {
        return process.onExit().join().pid();
    }

    private void becomeReady(Duration time) {
        become(Status.READY);
        if (!firstReady.complete(time)) {
            announcer.accept("%s is back after %s".formatted(part.name(), Seconds.of(time)));
        }
    }

    private void announceRestart(String end, Duration wait) {
        String when = wait.isZero() ? "at once" : "in " + Seconds.of(wait);
        announcer.accept("%s %s; it is started again %s".formatted(part.name(), end, when));
    }

    private void become(Status next) {
        synchronized (this) {
            status = next;
            since = Instant.now();
        }
        stateChanged.run();
    }

    private synchronized void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        long left = wait.toMillis();
        while (!stopping && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /// Ends the part for good. Asks again until its loop has ended, because the loop may be about
    /// to start the process at this very moment.
    void stop() throws InterruptedException {
        boolean over;
        synchronized (this) {
            stopping = true;
            notifyAll();
            over = !begun;
        }
        while (!over) {
            part.stop();
            over = ended.await(200, TimeUnit.MILLISECONDS);
        }
    }
}
