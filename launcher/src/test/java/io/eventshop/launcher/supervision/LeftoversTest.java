package io.eventshop.launcher.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.supervision.PartState.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    @Test
    void a_process_that_was_written_down_is_ended() {
        int ended = Leftovers.clear(state(ProcessId.of(process.toHandle())));

        assertThat(ended).isEqualTo(1);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void a_process_that_has_the_number_but_started_at_another_time_is_foreign_and_stays() {
        ProcessId mine = ProcessId.of(process.toHandle());
        var earlier = new ProcessId(mine.pid(), mine.startedAt().minus(Duration.ofSeconds(10)));

        int ended = Leftovers.clear(state(earlier));

        assertThat(ended).isZero();
        assertThat(process.isAlive()).isTrue();
    }

    private static DemoState state(ProcessId part) {
        var launcher = new ProcessId(1, part.startedAt());
        return new DemoState(
                launcher,
                Map.of(),
                List.of(new PartState("kafka", part, 19_092, Status.READY, Instant.EPOCH)));
    }
}
