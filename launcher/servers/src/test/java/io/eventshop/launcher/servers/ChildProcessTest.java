package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir private Path directory;

    @Test
    void its_last_lines_are_its_own_and_not_those_of_a_start_before() {
        var before = said("one", "two");
        var after = said("three", "four");

        assertThat(before.logFile()).content().isEqualTo("one\ntwo\nthree\nfour\n");
        assertThat(after.lastLines(9)).isEqualTo("three\nfour");
        assertThat(after.lastLines(1)).isEqualTo("four");
    }

    private ChildProcess said(String... lines) {
        var script = "printf '%s\\n' " + String.join(" ", lines);
        return ChildProcess.start(
                        new ChildProcess.Command(
                                "talker",
                                List.of("sh", "-c", script),
                                Map.of(),
                                directory,
                                Signal.TERM))
                .onExit()
                .join();
    }
}
