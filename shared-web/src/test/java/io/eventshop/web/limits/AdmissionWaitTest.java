package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AdmissionWaitTest {

    /// In a standing queue a request waits for a tenth of this, so the limit below is ten times the
    /// usual.
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final AtomicLong clock = new AtomicLong();
    private final Admission admission = new Admission(1, 1, WAIT, clock::get);

    @Test
    void a_burst_is_waited_out_and_a_queue_that_stands_is_not_joined(CapturedOutput log)
            throws Exception {
        var holds = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var holding =
                    requests.submit(() ->
                            admission.admit(() -> {
                                holds.countDown();
                                go.await();
                                return null;
                            }));
            holds.await();

            try {
                assertThat(refusedAfter()).isGreaterThanOrEqualTo(WAIT);
                assertThat(refusedAfter()).isLessThan(WAIT);
                var _ = clock.addAndGet(Duration.ofSeconds(1).toNanos());
                assertThat(refusedAfter()).isGreaterThanOrEqualTo(WAIT);
            } finally {
                go.countDown(); // else a failure would wait for ever
            }
            assertThat(holding.get()).isTrue();
            assertThat(log.getOut().split("who finds no place is put off", -1))
                    .as("told once, until nobody was put off for a second")
                    .hasSize(1 + 2);
        }
    }

    @Test
    void when_too_many_wait_the_next_one_does_not_wait() throws Exception {
        var waits = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting =
                    requests.submit(() ->
                            admission.whileWaiting(
                                    () -> {
                                        waits.countDown();
                                        go.await();
                                        return "settled";
                                    },
                                    "known"));
            waits.await();

            try {
                assertThat(admission.whileWaiting(AdmissionWaitTest::mustNotRun, "known"))
                        .isEqualTo("known");
            } finally {
                go.countDown();
            }
            assertThat(waiting.get()).isEqualTo("settled");
            assertThat(admission.whileWaiting(() -> "settled", "known"))
                    .as("a place to wait is free again")
                    .isEqualTo("settled");
        }
    }

    private static String mustNotRun() {
        throw new AssertionError("too many wait");
    }

    private Duration refusedAfter() throws Exception {
        long began = System.nanoTime();
        assertThat(admission.admit(() -> null)).isFalse();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
