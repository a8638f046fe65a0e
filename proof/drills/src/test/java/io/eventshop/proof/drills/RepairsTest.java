package io.eventshop.proof.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairsTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void what_is_broken_is_repaired_once_the_last_thing_first() {
        try (var repairs = new Repairs()) {
            var _ = repairs.breaking(() -> done.add("break 1"), () -> done.add("repair 1"));
            var second = repairs.breaking(() -> done.add("break 2"), () -> done.add("repair 2"));
            var _ = repairs.breaking(() -> done.add("break 3"), () -> done.add("repair 3"));
            second.close();
            second.close();
        }

        assertThat(done)
                .containsExactly(
                        "break 1", "break 2", "break 3", "repair 2", "repair 3", "repair 1");
    }

    @Test
    void a_drill_that_was_ended_breaks_nothing_more() {
        var repairs = new Repairs();
        repairs.close();

        assertThatThrownBy(() -> repairs.breaking(() -> done.add("break"), () -> {}))
                .isInstanceOf(IllegalStateException.class);
        assertThat(done).isEmpty();
    }
}
