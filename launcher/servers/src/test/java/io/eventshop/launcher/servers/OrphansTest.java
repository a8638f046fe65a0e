package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {

    @TempDir private Path directory;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sh", "-c", "sleep 600; true").start();
    }

    @AfterEach
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void a_process_that_was_written_down_is_ended_with_its_children() throws IOException {
        assertThat(Waiting.until(() -> process.children().count() == 1, Duration.ofMinutes(1)))
                .isTrue();
        List<ProcessHandle> children = process.children().toList();
        var file = Files.createDirectory(directory.resolve("below")).resolve("part.pid");
        PidFile.write(file, process.toHandle(), Signal.TERM);

        assertThat(Orphans.endBelow(directory)).isEqualTo(1);

        assertThat(process.isAlive()).isFalse();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(file).doesNotExist();
        assertThat(Orphans.endBelow(directory)).isZero();
    }

    @Test
    void a_process_that_has_the_number_but_started_at_another_time_is_foreign_and_stays()
            throws IOException {
        Instant earlier = ProcessId.of(process.toHandle()).startedAt().minusSeconds(10);
        Files.writeString(directory.resolve("part.pid"), process.pid() + " " + earlier + " TERM");

        assertThat(Orphans.endBelow(directory)).isZero();

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void files_that_were_not_finished_are_passed_over() throws IOException {
        Files.createFile(directory.resolve("part.pid"));
        Files.createFile(directory.resolve("PG_VERSION"));
        Files.createFile(directory.resolve("postmaster.pid"));

        assertThat(Orphans.endBelow(directory)).isZero();
        assertThat(Orphans.endBelow(directory.resolve("missing"))).isZero();
    }
}
