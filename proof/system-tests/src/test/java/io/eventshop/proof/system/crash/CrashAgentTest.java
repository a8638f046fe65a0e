package io.eventshop.proof.system.crash;

import static io.eventshop.proof.system.crash.Step.after;
import static io.eventshop.proof.system.crash.Step.before;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.JavaProgram;
import io.eventshop.proof.system.crash.agent.CrashAgent;
import io.eventshop.proof.system.crash.agent.Tripwire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The matrix stands on this: a process dies at the step that is armed, at no other, and once.
class CrashAgentTest {

    private static final String WORKER = WorkerMain.class.getName();
    private static final Step FIRST = after(WORKER, "first");
    private static final Step SECOND = before(WORKER, "second");

    @TempDir Path directory;

    @Test
    void nothing_happens_while_nothing_is_armed() throws Exception {
        Result result = run(List.of(FIRST, SECOND));

        assertThat(result.exitStatus()).as(result.output()).isZero();
        assertThat(result.output()).isEqualToIgnoringNewLines("begun 5");
    }

    @Test
    void the_armed_step_kills_once() throws Exception {
        arm(FIRST);

        assertThat(run(List.of(FIRST, SECOND)).exitStatus()).isEqualTo(Tripwire.EXIT_STATUS);
        assertThat(directory.resolve(Tripwire.SPRUNG_FILE)).exists();
        assertThat(run(List.of(FIRST, SECOND)).exitStatus()).isZero();
    }

    @Test
    void the_last_step_kills_only_the_thread_that_has_passed_the_first() throws Exception {
        arm(FIRST, SECOND);

        assertThat(run(List.of(FIRST, SECOND)).exitStatus()).isEqualTo(Tripwire.EXIT_STATUS);

        arm(SECOND, FIRST);

        assertThat(run(List.of(FIRST, SECOND)).exitStatus()).isZero();
        assertThat(directory.resolve(Tripwire.ARMED_FILE)).exists();
    }

    @Test
    void a_step_that_is_in_no_class_ends_the_start() throws Exception {
        Result result = run(List.of(before(WORKER, "third")));

        assertThat(result.exitStatus()).isEqualTo(1);
        assertThat(result.output()).contains("not all of [third] are methods of");
    }

    private void arm(Step... steps) throws Exception {
        var lines = Stream.concat(Stream.of("arming"), Stream.of(steps).map(Step::text)).toList();
        Files.write(directory.resolve(Tripwire.ARMED_FILE), lines);
    }

    private Result run(List<Step> woven) throws Exception {
        Files.write(
                directory.resolve(CrashAgent.STEPS_FILE), woven.stream().map(Step::text).toList());
        var agent = "-javaagent:" + AgentJar.in(directory) + "=" + directory;
        var process =
                new ProcessBuilder(
                                JavaProgram.command(
                                        WorkerMain.class, List.of(agent), List.of("words")))
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitStatus, String output) {}
}
