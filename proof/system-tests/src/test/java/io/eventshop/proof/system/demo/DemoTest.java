package io.eventshop.proof.system.demo;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.demo.DemoScript.Result;
import io.eventshop.testkit.PromisedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// One demo through its whole life, in order: used, hurt, stopped, started again, and robbed of its
/// launcher.
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoTest {

    private static final Path SCRIPT = Services.root().resolve("demo");
    private static final Pattern ORDER = Pattern.compile("order ([0-9a-f-]{36}) is (\\w+)");
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final PromisedTime STOPPED =
            new PromisedTime("./demo stops", Duration.ofSeconds(20));

    /// With a space, because people have those.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static DemoScript demo;

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoScript(SCRIPT, folder.resolve("run directory"));
        demo.start();
    }

    @AfterAll
    static void close() {
        demo.close();
    }

    @Test
    @Order(1)
    void an_order_is_confirmed_and_a_mail_is_sent() throws Exception {
        Result order = demo.run("order", "--wait");

        assertThat(order.exitCode()).as(order.output()).isZero();
        assertThat(order.output()).contains("is CONFIRMED", "PENDING");
        String id = id(order);
        assertThat(demo.run("events", "--order", id).output())
                .contains("order-placed", "stock-reserved", "order-confirmed", id);
        whenAsked().until(() -> demo.run("mails").output().contains(id));
    }

    @Test
    @Order(2)
    void an_order_for_what_is_sold_out_is_rejected() throws Exception {
        Result order = demo.run("order", "--sku", "SOLD-OUT-1", "--wait");

        assertThat(order.exitCode()).as(order.output()).isZero();
        assertThat(order.output()).contains("is REJECTED");
    }

    @Test
    @Order(3)
    void every_part_that_is_killed_comes_back_and_no_accepted_order_is_lost() throws Exception {
        Path answer = folder.resolve("load.out");
        Process load =
                demo.runInBackground(
                        answer, "load", "--orders", "700", "--rate", "10", "--limit", "900");

        for (String part : demo.pids().keySet()) {
            long killed = kill(part);
            whenAsked().until(() -> pid(part) != killed && demo.allReady());
            assertThat(demo.output())
                    .contains("%s (process %d) ended; it is started again".formatted(part, killed));
        }

        assertThat(load.waitFor(PATIENCE)).isTrue();
        assertThat(load.exitValue()).as(Files.readString(answer)).isZero();
        Result check = demo.run("check");
        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    @Order(4)
    void a_second_launcher_in_the_same_folder_is_refused() throws Exception {
        Result second = demo.run(demo.withPorts());

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("The demo already runs from this folder");
    }

    @Test
    @Order(5)
    void an_unknown_option_is_a_sentence_and_exit_code_2() throws Exception {
        Result refused = demo.run("order", "--colour", "red");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output().strip())
                .isEqualTo(
                        "--colour is not an option of ./demo order; ./demo order --help says more.");
    }

    @Test
    @Tag("promised-time")
    @Order(6)
    void it_stops_in_time_and_leaves_no_process() throws Exception {
        List<Long> before = demo.pids().values().stream().toList();

        demo.launcher().destroy();

        STOPPED.until(() -> !demo.launcher().isAlive());
        assertThat(before).noneMatch(DemoTest::isAlive);
        await().until(() -> demo.processes().isEmpty());
        assertThat(demo.run("status").output()).contains("The demo does not run");
    }

    @Test
    @Order(7)
    void data_survives_a_restart_with_one_more_instance() throws Exception {
        demo.start("--instances", "order-service=2");

        assertThat(demo.pids()).containsKey("order-service-2");
        assertThat(demo.run("events").output()).contains("order-confirmed");
        assertThat(demo.run("order", "--wait").output()).contains("is CONFIRMED");
    }

    @Test
    @Order(8)
    void the_launchers_death_ends_its_children() throws Exception {
        Map<String, Long> pids = demo.pids();

        demo.launcher().destroyForcibly();

        await().until(() -> pids.values().stream().noneMatch(DemoTest::isAlive));
        await().until(() -> demo.processes().isEmpty());
    }

    @Test
    @Order(9)
    void a_fresh_start_is_empty_and_followed_events_appear_as_they_happen() throws Exception {
        demo.start("--fresh");
        assertThat(demo.run("events").output())
                .contains("item-listed")
                .doesNotContain("order-placed");

        Path answer = folder.resolve("follow.out");
        Process following = demo.runInBackground(answer, "events", "--follow");
        try {
            String id = id(demo.run("order", "--wait"));
            await().until(() -> Files.readString(answer).contains("order-confirmed"));
            assertThat(Files.readString(answer)).contains(id);
        } finally {
            following.destroy();
        }
        assertThat(following.waitFor(PATIENCE)).isTrue();
    }

    /// Each question is a process, and many of them would keep a core from what is asked about.
    private static ConditionFactory whenAsked() {
        return await().pollInterval(Duration.ofSeconds(1));
    }

    private static long kill(String part) throws Exception {
        long pid = pid(part);
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly)).contains(true);
        return pid;
    }

    private static long pid(String part) throws Exception {
        return Optional.ofNullable(demo.pids().get(part)).orElseThrow();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static String id(Result order) {
        Matcher matcher = ORDER.matcher(order.output());
        assertThat(matcher.find()).as(order.output()).isTrue();
        return matcher.group(1);
    }
}
