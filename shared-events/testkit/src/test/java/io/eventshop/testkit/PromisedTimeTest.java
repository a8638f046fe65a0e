package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromisedTimeTest {

    private final PromisedTime answer = new PromisedTime("an answer", Duration.ofMillis(3));

    @Test
    void what_decides_fails_at_ten_times_the_promise() {
        assertThat(answer.limit()).isEqualTo(Duration.ofMillis(30));
        answer.assertKept(Duration.ofMillis(29));
        assertThatThrownBy(() -> answer.assertKept(Duration.ofMillis(30)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("an answer: 3 ms promised, judged at 30 ms");
    }

    @Test
    void what_does_not_come_fails_too() {
        assertThatThrownBy(() -> answer.until(() -> false)).hasMessageContaining("an answer");
    }
}
