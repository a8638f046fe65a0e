package io.eventshop.launcher.demo.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void a_part_that_had_lived_comes_back_at_once_each_time() {
        List<Duration> waits =
                Stream.generate(() -> backoff.afterLifeOf(Duration.ofMinutes(1))).limit(5).toList();

        assertThat(waits).containsOnly(Duration.ZERO);
    }

    @Test
    void a_part_that_keeps_dying_young_waits_longer_up_to_ten_seconds_and_is_never_given_up() {
        List<Long> waits =
                IntStream.range(0, 100)
                        .mapToObj(_ -> backoff.afterLifeOf(Duration.ofMillis(10)).toMillis())
                        .toList();

        assertThat(waits).startsWith(0L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
        assertThat(waits.getLast()).isEqualTo(10_000L);
    }

    @Test
    void a_long_life_forgives_earlier_deaths() {
        IntStream.range(0, 10)
                .forEach(_ -> assertThat(backoff.afterLifeOf(Duration.ZERO)).isNotNull());

        assertThat(backoff.afterLifeOf(Duration.ofMinutes(1))).isZero();
        assertThat(backoff.afterLifeOf(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    }
}
