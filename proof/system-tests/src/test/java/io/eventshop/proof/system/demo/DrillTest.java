package io.eventshop.proof.system.demo;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Database;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.demo.DemoScript.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// All drills, one after the other, on one demo.
@Tag("system")
class DrillTest {

    private static final Path SCRIPT = Services.root().resolve("demo");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Of each drill the lines that could not be there if nothing had happened.
    private static final Map<String, List<String>> EVIDENCE =
            Map.of(
                    "duplicate",
                    List.of(
                            "12 records on the topics are 3 events",
                            "processed_message has its 4 rows, no more",
                            "one reservation of 2, as ordered",
                            "one mail"),
                    "poison",
                    List.of(
                            "12 other orders were confirmed meanwhile",
                            "the cancellation waits behind the poison, at both consumers",
                            "the stock is released, and the customer knows",
                            "DEAD",
                            "PARKED"),
                    "broker-down",
                    List.of("orders were accepted", "events waited in the outbox", "each with one"),
                    "crash-after-publish",
                    List.of(
                            "3 events are on the topic and still in the outbox",
                            "the delete went with its transaction: 3 events are in the outbox",
                            "3 events were published as 6 records",
                            "3 reservations and 3 mails"),
                    "slow-consumer",
                    List.of(
                            "30 orders were accepted and waited",
                            "members of the group: 1 before, 0 while it stood still",
                            "all 30 were confirmed"),
                    "old-version",
                    List.of(
                            "orders.order-placed.v1",
                            "stock was reserved because of the record of version 1",
                            "version 2 of the same order came later and changed nothing"),
                    "two-instances",
                    List.of(
                            "order-service stands still; it has published 8 events",
                            "both relays published the 8 events, as 16 records",
                            "of every order the first records came as version 1, 2",
                            "8 reservations, 8 mails"),
                    "out-of-order",
                    List.of("came before version", "the copy stayed at version", "was dropped"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static DemoScript demo;

    @BeforeAll
    static void start() throws IOException {
        demo = new DemoScript(SCRIPT, folder.resolve("run"));
        demo.start("--instances", "order-service=2");
    }

    @AfterAll
    static void close() {
        demo.close();
    }

    @TestFactory
    Stream<DynamicTest> every_drill_shows_what_it_promises() throws Exception {
        List<String> listed =
                demo.run("drill", "--list")
                        .output()
                        .lines()
                        .map(line -> line.replaceFirst(" .*", ""))
                        .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(EVIDENCE.keySet());

        return listed.stream().map(name -> DynamicTest.dynamicTest(name, () -> isKept(name)));
    }

    private static void isKept(String name) throws Exception {
        Result drill = demo.run("drill", name);

        assertThat(drill.exitCode()).as(drill.output()).isZero();
        assertThat(drill.output())
                .contains("Breaks: ", "Stands for: ", "What you saw: ")
                .contains(EVIDENCE.getOrDefault(name, List.of()))
                .doesNotContain("BROKEN");
    }

    /// A mail that will be tried again tomorrow, about an order that never was.
    @Test
    void what_was_wrong_before_is_said_before_and_not_judged() throws Exception {
        var notifications = demo.database(Services.NOTIFICATION);
        execute(
                notifications,
                """
                insert into notification (
                    id, version, source_event_id, correlation_id, kind, order_id, recipient,
                    subject, body, status, attempts, due_at, created_at)
                values (
                    gen_random_uuid(), 0, gen_random_uuid(), 'test', 'ORDER_CONFIRMED',
                    gen_random_uuid(), 'nobody@example.test', 'drill', 'test', 'PENDING', 1,
                    now() + interval '1 day', now())
                """);
        try {
            Result drill = demo.run("drill", "duplicate");

            assertThat(drill.exitCode()).as(drill.output()).isZero();
            assertThat(drill.output())
                    .containsSubsequence(
                            "Before: this was so already",
                            "1 mails to be sent",
                            "which never happened",
                            "one mail",
                            "What you saw: ")
                    .doesNotContain("not at rest");
        } finally {
            execute(notifications, "delete from notification where subject = 'drill'");
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    @Test
    void a_drill_that_is_interrupted_leaves_no_part_paused() throws Exception {
        Path answer = folder.resolve("interrupted.out");
        Process drill = demo.runInBackground(answer, "drill", "slow-consumer");
        await().until(() -> Files.readString(answer).contains("stands still"));

        drill.destroy();

        assertThat(drill.waitFor(PATIENCE)).isTrue();
        await().untilAsserted(() ->
                assertThat(demo.run("order", "--wait").output()).contains("is CONFIRMED"));
    }

    @Test
    void a_drill_of_another_name_is_a_sentence_and_exit_code_2() throws Exception {
        Result refused = demo.run("drill", "meteorite");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output().strip())
                .isEqualTo("meteorite is not a drill; ./demo drill --list names them.");
    }

    @Test
    void without_a_demo_there_is_no_drill() throws Exception {
        try (var nowhere = new DemoScript(SCRIPT, Files.createDirectory(folder.resolve("none")))) {
            Result refused = nowhere.run("drill", "duplicate");

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output().strip())
                    .isEqualTo("The demo does not run; ./demo starts it.");
        }
    }
}
