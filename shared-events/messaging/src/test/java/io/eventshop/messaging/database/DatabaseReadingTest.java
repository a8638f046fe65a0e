package io.eventshop.messaging.database;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatabaseReadingTest {

    /// If each of them waited, it would take them 40 s.
    private static final int GAUGES = 50;

    /// What a scrape waits for a reading.
    private static final Duration ONCE = Duration.ofMillis(800);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_database_that_does_not_answer_holds_a_scrape_up_once() {
        var answer = new CompletableFuture<Integer>();
        var reading = new DatabaseReading<>(() -> asking(answer));

        long start = System.nanoTime();
        for (int gauge = 0; gauge < GAUGES; gauge++) {
            assertThat(reading.value(Integer::doubleValue)).isNaN();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ONCE.multipliedBy(10));
        answer.complete(7);

        eventually(() -> assertThat(reading.value(Integer::doubleValue)).isEqualTo(7));
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_failure_is_remembered_as_an_answer_is() {
        var refused = CompletableFuture.<Integer>failedFuture(new IllegalStateException("down"));
        var reading = new DatabaseReading<>(() -> asking(refused));

        assertThat(reading.value(Integer::doubleValue)).isNaN();
        assertThat(reading.value(Integer::doubleValue)).isNaN();

        assertThat(asked).hasValue(1);
    }

    private Integer asking(CompletableFuture<Integer> answer) {
        asked.incrementAndGet();
        return answer.join();
    }
}
