package io.eventshop.messaging.background;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Work that a service does on its own, from its start to its end: a thread for each [Step], which
/// repeats it and pauses in between.
///
/// It starts before and stops after whatever takes in requests and events. A stop lets the running
/// steps finish, for a while; then it closes them, and in the end abandons what still runs. All
/// work of a service stops at the same time. Nothing else ends a thread: a step that fails is
/// repeated.
///
/// Platform threads: they are there for as long as the service, and wait in drivers and clients
/// rather than in code made for virtual threads. And not Spring's scheduler, whose fixed-delay
/// tasks share one thread with all others.
public class BackgroundWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /// A step that goes on failing is logged this often.
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final String name;
    private final Supplier<List<? extends Step>> steps;
    private final Duration delay;
    private final Duration retryDelay;

    private volatile List<Worker> workers = List.of();

    /// @param name of the threads, which are numbered if there are several
    /// @param steps makes them, for each start anew
    public BackgroundWork(String name, Supplier<List<? extends Step>> steps) {
        this(name, steps, Duration.ZERO, RETRY_DELAY);
    }

    BackgroundWork(
            String name,
            Supplier<List<? extends Step>> steps,
            Duration delay,
            Duration retryDelay) {
        this.name = name;
        this.steps = steps;
        this.delay = delay;
        this.retryDelay = retryDelay;
    }

    List<? extends Step> steps() {
        return steps.get();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        var all = steps();
        workers =
                IntStream.range(0, all.size())
                        .mapToObj(i ->
                                new Worker(all.size() == 1 ? name : name + "-" + i, all.get(i)))
                        .toList();
        workers.forEach(worker -> worker.thread.start());
    }

    /// There is something to do for every step. Cheap, and does nothing while the work is stopped.
    public void wake() {
        workers.forEach(Worker::wake);
    }

    /// There is something to do for this step.
    public void wake(int step) {
        List<Worker> running = workers;
        if (!running.isEmpty()) {
            running.get(step).wake();
        }
    }

    /// Without waiting: whatever else stops in the same phase need not wait for this. The steps
    /// know of it when this returns.
    @Override
    public void stop(Runnable callback) {
        workers.forEach(Worker::stop);
        var _ =
                Thread.startVirtualThread(() -> {
                    stop();
                    callback.run();
                });
    }

    @Override
    public synchronized void stop() {
        List<Worker> running = workers;
        running.forEach(Worker::stop);
        if (!haveEnded(running)) {
            running.forEach(worker -> worker.step.close());
            if (!haveEnded(running)) {
                log.warn("{} does not stop in time and is abandoned", name);
            }
        }
        workers = List.of();
    }

    private static boolean haveEnded(List<Worker> workers) {
        long end = System.nanoTime() + STOP_PATIENCE.toNanos();
        try {
            for (Worker worker : workers) {
                if (!worker.thread.join(Duration.ofNanos(end - System.nanoTime()))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    @Override
    public int getPhase() {
        return 0;
    }

    private final class Worker implements Runnable {

        private final Step step;
        private final Thread thread;
        private final Semaphore wakeUps = new Semaphore(0);
        private final CountDownLatch stopped = new CountDownLatch(1);
        private long failedSince;

        Worker(String name, Step step) {
            this.step = step;
            this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
        }

        @Override
        public void run() {
            try {
                Pause pause = Pause.of(delay);
                while (!isStopped(pause)) {
                    var _ = wakeUps.drainPermits();
                    pause = step();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                step.close();
            }
        }

        private Pause step() throws InterruptedException {
            try {
                Pause pause = step.run(this::isStopping);
                failedSince = 0;
                return pause;
            } catch (RuntimeException | Error e) {
                // Whatever it is, work that died of it would be worse.
                tell(e);
                return Pause.of(retryDelay);
            }
        }

        private void tell(Throwable failure) {
            long now = System.nanoTime();
            boolean isNews = failedSince == 0 || now - failedSince > LOG_INTERVAL.toNanos();
            if (isNews && !isStopping()) {
                failedSince = now;
                log.warn("{} failed and is repeated until it works", thread.getName(), failure);
            } else {
                log.debug("{} failed", thread.getName(), failure);
            }
        }

        private boolean isStopping() {
            return stopped.getCount() == 0;
        }

        /// Whether the pause, or the time before it, ended with a stop.
        private boolean isStopped(Pause pause) throws InterruptedException {
            long nanos = pause.length().toNanos();
            if (pause.isCutShort()) {
                var _ = wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS);
                return isStopping();
            }
            return stopped.await(nanos, TimeUnit.NANOSECONDS);
        }

        void wake() {
            wakeUps.release();
        }

        void stop() {
            stopped.countDown();
            wake();
        }
    }
}
