package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Trees;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    @Test
    void a_child_is_paused_resumed_and_killed() throws Exception {
        var ticks = Trees.temporary("ticks").resolve("ticks");

        try (var child = ChildJvm.run(TickingMain.class, ticks.toString())) {
            child.awaitOutput("ticking");

            child.pause();
            var paused = Files.size(ticks);
            Eventually.always( // one that was being written may still come
                    Duration.ofMillis(300),
                    () -> assertThat(Files.size(ticks)).isBetween(paused, paused + 1));

            child.resume();
            Eventually.eventually(() -> assertThat(Files.size(ticks)).isGreaterThan(paused + 1));

            child.kill();
            assertThat(child.isAlive()).isFalse();
        }
    }
}
