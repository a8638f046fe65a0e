package io.eventshop.launcher.demo.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.supervision.PartState.Status;
import io.eventshop.launcher.servers.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir Path folder;

    private final ProcessId self = ProcessId.of(ProcessHandle.current());

    @Test
    void what_is_written_is_read() {
        var file = new StateFile(folder.resolve("state.json"));
        var state =
                new DemoState(
                        self,
                        Map.of("kafka-port", 19_092),
                        List.of(
                                new PartState("kafka", self, 19_092, Status.READY, Instant.EPOCH),
                                new PartState(
                                        "order-service",
                                        null,
                                        8081,
                                        Status.WAITING,
                                        Instant.EPOCH)));

        file.write(state);

        assertThat(file.read()).contains(state);
        assertThat(state.isRunning()).isTrue();
    }

    @Test
    void a_file_that_is_missing_or_broken_counts_as_none() throws IOException {
        var file = new StateFile(folder.resolve("state.json"));
        assertThat(file.read()).isEmpty();

        Files.writeString(folder.resolve("state.json"), "{\"launcher\":");

        assertThat(file.read()).isEmpty();
    }
}
