package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir private Path directory;

    @Test
    void two_processes_that_unpack_at_once_both_get_whole_binaries() throws Exception {
        var cache = directory.resolve("cache");
        Files.createDirectories(cache.resolve("postgres.partial")); // of one that was interrupted
        Files.writeString(cache.resolve("postgres.partial").resolve("half"), "");

        var unpackers = Stream.of("one", "two").map(name -> unpack(name, cache)).toList();

        for (var unpacker : unpackers) {
            assertThat(Waiting.until(() -> !unpacker.isAlive(), Duration.ofMinutes(5))).isTrue();
            assertThat(unpacker.exitStatus()).as(unpacker.lastLines(20)).isZero();
            assertThat(Path.of(unpacker.lastLines(1)).resolve("bin/postgres")).isExecutable();
        }
        assertThat(cache.resolve("postgres.partial")).doesNotExist();
    }

    private ChildProcess unpack(String name, Path cache) {
        return ChildProcess.start(
                new ChildProcess.Command(
                        name,
                        JavaProgram.command(
                                UnpackingMain.class,
                                List.of("-Xmx160m"),
                                List.of(cache.toString())),
                        Map.of(),
                        directory.resolve(name),
                        Signal.TERM));
    }

    static final class UnpackingMain {

        private UnpackingMain() {}

        public static void main(String[] arguments) {
            System.out.println(PostgresBinaries.directory(Path.of(arguments[0])));
        }
    }
}
