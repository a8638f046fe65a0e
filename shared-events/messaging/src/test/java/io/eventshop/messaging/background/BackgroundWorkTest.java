package io.eventshop.messaging.background;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundWorkTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger times = new AtomicInteger();
    private @Nullable BackgroundWork work;

    @AfterEach
    void stop() {
        if (work != null) {
            work.stop();
        }
    }

    @Test
    void a_step_is_repeated_also_after_a_failure() {
        var _ =
                start(_ -> {
                    if (times.incrementAndGet() == 2) {
                        throw new StackOverflowError("as a test");
                    }
                    return Pause.NONE;
                });

        await().until(() -> times.get() > 3);
    }

    @Test
    void a_step_that_goes_on_failing_is_told_once_until_it_has_worked(CapturedOutput output) {
        work =
                new BackgroundWork(
                        "failing",
                        () ->
                                List.of(_ -> {
                                    if (times.incrementAndGet() == 5) {
                                        return Pause.NONE;
                                    }
                                    throw new IllegalStateException("as a test");
                                }),
                        Duration.ZERO,
                        Duration.ofMillis(1));

        work.start();

        await().until(() -> times.get() > 10);
        assertThat(output.getOut().split("failing failed and is repeated", -1)).hasSize(1 + 2);
    }

    @Test
    void a_wake_up_ends_a_pause_for_want_of_work() {
        var running = start(_ -> count(Pause.untilWoken(LONG)));
        await().until(() -> times.get() == 1);

        running.wake();

        await().until(() -> times.get() == 2);
    }

    @Test
    void a_wake_up_during_a_step_is_not_lost() {
        var inStep = new CountDownLatch(1);
        var woken = new CountDownLatch(1);
        var running =
                start(_ -> {
                    inStep.countDown();
                    woken.await();
                    return count(Pause.untilWoken(LONG));
                });
        await().until(() -> inStep.getCount() == 0);

        running.wake();
        woken.countDown();

        await().until(() -> times.get() == 2);
    }

    @Test
    void a_wake_up_does_not_end_a_pause_after_a_failure() {
        var pause = Duration.ofMillis(300);
        var begins = new CopyOnWriteArrayList<Long>();
        var running =
                start(_ -> {
                    begins.add(System.nanoTime());
                    return Pause.of(pause);
                });
        await().until(() -> begins.size() == 1);

        running.wake();

        await().until(() -> begins.size() > 1);
        assertThat(Duration.ofNanos(begins.get(1) - begins.getFirst()))
                .isGreaterThanOrEqualTo(pause);
    }

    @Test
    void a_stop_ends_a_pause_and_the_next_start_begins_without_it() {
        var running = start(_ -> count(Pause.of(Duration.ofHours(1))));
        await().until(() -> times.get() == 1);

        running.stop();
        running.start();

        await().until(() -> times.get() == 2);
    }

    @Test
    void a_stop_is_told_to_a_step_which_then_finishes() {
        var inStep = new CountDownLatch(1);
        var running =
                start(stopping -> {
                    inStep.countDown();
                    while (!stopping.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                    return count(Pause.NONE);
                });
        await().until(() -> inStep.getCount() == 0);

        running.stop();

        assertThat(times).hasValue(1);
        assertThat(running.isRunning()).isFalse();
    }

    @Test
    void the_end_of_the_service_waits_for_all_work_at_the_same_time() {
        var inStep = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var running =
                start(_ -> {
                    inStep.countDown();
                    mayEnd.await();
                    return Pause.NONE;
                });
        await().until(() -> inStep.getCount() == 0);

        running.stop(ended::countDown);

        assertThat(ended.getCount()).isEqualTo(1);
        mayEnd.countDown();
        await().until(() -> ended.getCount() == 0);
    }

    @Test
    void a_step_that_waits_is_closed_by_a_stop() {
        var step = new Waiting();
        var running = start(step);
        await().until(() -> times.get() == 1);

        running.stop();

        await().until(() -> times.get() == 2);
    }

    @Test
    void work_at_intervals_waits_before_the_first_time() {
        var later = new Counting(LONG);
        var soon = new Counting(Duration.ofMillis(1));
        work = soon;

        later.start();
        soon.start();

        await().until(() -> soon.times.get() > 2);
        assertThat(later.times).hasValue(0);
        later.stop();
    }

    private Pause count(Pause pause) {
        times.incrementAndGet();
        return pause;
    }

    private BackgroundWork start(Step step) {
        var started = new BackgroundWork("test", () -> List.of(step));
        work = started;
        started.start();
        return started;
    }

    private final class Waiting implements Step {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Pause run(BooleanSupplier stopping) throws InterruptedException {
            times.incrementAndGet();
            closed.await();
            return count(Pause.NONE);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private static final class Counting extends PeriodicWork {

        private final AtomicInteger times = new AtomicInteger();

        Counting(Duration delay) {
            super("counting", delay, Duration.ofMillis(1));
        }

        @Override
        protected void work(BooleanSupplier stopping) {
            times.incrementAndGet();
        }
    }
}
