package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir private Path directory;

    @Test
    void a_jvm_that_is_killed_leaves_no_server_and_no_garbage_behind() throws Exception {
        var garbage = Files.createDirectory(directory.resolve("garbage"));
        var launcher = launch(StartingMain.class, garbage.toString());
        assertThat(Waiting.until(() -> ready(launcher), LIMIT)).isTrue();
        var children =
                Arrays.stream(launcher.lastLines(1).split(" ", -1))
                        .skip(1)
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                        .toList();
        assertThat(children).hasSize(4).allMatch(ProcessHandle::isAlive);

        launcher.kill();

        assertThat(Waiting.until(() -> children.stream().noneMatch(ProcessHandle::isAlive), LIMIT))
                .isTrue();
        assertThat(Waiting.until(() -> !Files.exists(garbage), LIMIT)).isTrue();
    }

    private ChildProcess launch(Class<?> main, String argument) {
        return ChildProcess.start(
                new ChildProcess.Command(
                        "launcher",
                        JavaProgram.command(main, List.of("-Xmx160m"), List.of(argument)),
                        Map.of(),
                        directory,
                        Signal.TERM));
    }

    private static boolean ready(ChildProcess launcher) {
        return launcher.lastLines(1).startsWith("ready ");
    }

    /// A launcher with a server, one that hangs, and a child that ends for nobody but `kill -9`,
    /// with a child of its own.
    static final class StartingMain {

        private StartingMain() {}

        public static void main(String[] arguments) throws Exception {
            var directory = Path.of(arguments[0]);
            Guard.INSTANCE.deleteAtEnd(directory);
            var postgres =
                    new PostgresServer(directory.resolve("postgres"), 0, Durability.PROCESS_ONLY);
            postgres.start();
            var mail = new MailServer(directory.resolve("mail"), 0);
            mail.start();
            mail.pause();
            var stubborn =
                    ChildProcess.start(
                            new ChildProcess.Command(
                                    "stubborn",
                                    List.of("sh", "-c", "trap '' TERM; sleep 600; true"),
                                    Map.of(),
                                    directory.resolve("stubborn"),
                                    Signal.TERM));
            var parent = ProcessHandle.of(stubborn.pid()).orElseThrow();
            var _ = Waiting.until(() -> parent.children().findAny().isPresent(), LIMIT);
            System.out.printf(
                    "ready %d %d %d %d%n",
                    postgres.pid(),
                    mail.pid(),
                    stubborn.pid(),
                    parent.children().findAny().orElseThrow().pid());
            Thread.currentThread().join();
        }
    }
}
