package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromisedTimeTest {

    @Test
    void what_decides_fails_at_ten_times_the_promise() {
        assertThat(new PromisedTime("an answer", Duration.ofSeconds(3)).limit())
                .isEqualTo(Duration.ofSeconds(30));
    }
}
