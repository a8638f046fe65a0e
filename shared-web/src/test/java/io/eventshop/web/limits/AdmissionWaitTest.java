package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AdmissionWaitTest {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Admission admission = new Admission(1, WAIT);

    @Test
    void a_burst_is_waited_out_and_a_queue_that_stands_is_not_joined() throws Exception {
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
                assertThat(refusedAfter()).isLessThan(WAIT.dividedBy(2));
                // Nobody comes for longer than a refusal is remembered.
                Thread.sleep(Duration.ofMillis(1_100));
                assertThat(refusedAfter()).isGreaterThanOrEqualTo(WAIT);
            } finally {
                go.countDown(); // else a failure would wait for ever
            }
            assertThat(holding.get()).isTrue();
        }
    }

    private Duration refusedAfter() throws Exception {
        long began = System.nanoTime();
        assertThat(admission.admit(() -> null)).isFalse();
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
