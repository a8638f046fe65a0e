package io.eventshop.launcher.demo.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally(100);

    @Test
    void the_percentiles_are_those_of_the_orders_that_ended() {
        for (int i = 1; i <= 100; i++) {
            tally.accepted.incrementAndGet();
            tally.end(i % 10 == 0 ? "REJECTED" : "CONFIRMED", Duration.ofMillis(i));
        }

        assertThat(tally.summary())
                .containsPattern("confirmed +90\n")
                .containsPattern("rejected +10\n")
                .containsPattern("p50 +50 ms")
                .containsPattern("p99 +99 ms");
        assertThat(tally.isComplete()).isTrue();
    }

    @Test
    void an_accepted_order_without_a_final_state_is_a_failure() {
        tally.accepted.incrementAndGet();
        tally.unfinished.incrementAndGet();

        assertThat(tally.isComplete()).isFalse();
    }

    @Test
    void a_state_that_is_not_final_cannot_end_an_order() {
        assertThatThrownBy(() -> tally.end("PENDING", Duration.ZERO))
                .hasMessage("PENDING is not a final state");
    }
}
