package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class AdmissionWaitTest {

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final Admission admission = new Admission(1, WAIT);

    @Test
    void a_burst_is_waited_out_and_a_queue_that_stands_is_not_joined() throws Exception {
        try (var _ = new Holder()) {
            assertThat(refusedAfter()).isGreaterThanOrEqualTo(WAIT);
            assertThat(refusedAfter()).isLessThan(WAIT.dividedBy(2));
            Thread.sleep(Duration.ofMillis(1_100));
            assertThat(refusedAfter()).isGreaterThanOrEqualTo(WAIT);
        }
    }

    private Duration refusedAfter() throws Exception {
        long began = System.nanoTime();
        assertThat(admission.admit(() -> null)).isFalse();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// A request that keeps the only place.
    private final class Holder implements AutoCloseable {

        private final CountDownLatch go = new CountDownLatch(1);
        private final Future<Boolean> admitted;

        Holder() throws InterruptedException {
            var holds = new CountDownLatch(1);
            var task =
                    new FutureTask<>(() ->
                            admission.admit(() -> {
                                holds.countDown();
                                go.await();
                                return null;
                            }));
            admitted = task;
            var _ = Thread.startVirtualThread(task);
            holds.await();
        }

        @Override
        public void close() throws ExecutionException {
            go.countDown();
            try {
                assertThat(admitted.get()).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
