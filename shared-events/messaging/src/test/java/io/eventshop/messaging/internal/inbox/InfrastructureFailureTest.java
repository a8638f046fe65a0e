package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.testkit.TcpProxy;
import io.eventshop.testkit.TestServers;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;

/// The database's failures are not the events' fault.
class InfrastructureFailureTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private static final Map<String, String> QUICK = Map.of("connection-timeout", "300");

    private static final String DEADLOCK =
            "do $$ begin raise exception 'as a test' using errcode = 'deadlock_detected'; end $$";

    private final Arrivals arrivals = new Arrivals();

    @Test
    void a_database_that_is_killed_and_comes_back_loses_and_dead_letters_nothing() {
        try (var server =
                new PostgresServer(Trees.temporary("killed"), 0, Durability.PROCESS_ONLY)) {
            server.start();
            try (var fixture = new InboxFixture(server.database("shop", "secret"), QUICK)) {
                var first = arrivals.of(ORDER);
                var second = arrivals.of(OTHER);
                fixture.before =
                        event -> {
                            if (event.orderId().equals(OTHER)) {
                                server.kill();
                                fixture.dataSource.setConnectionTimeout(
                                        250); // it answers to nobody
                            }
                        };

                for (int delivery = 0; delivery < 6; delivery++) {
                    // The server's orphaned sessions may even finish what they were doing.
                    var _ = catchThrowable(() -> fixture.receive(first, second));
                }
                server.start();
                fixture.before = _ -> {};
                redeliver(() -> fixture.receive(first, second));

                assertThat(fixture.effects()).containsExactly(id(first), id(second));
                assertThat(fixture.count("messaging.dead_letter")).isZero();
            }
        }
    }

    /// The commit is held up by a deferred trigger; meanwhile the client's connection breaks. The
    /// server commits all the same.
    @Test
    void a_connection_that_dies_after_its_commit_dead_letters_nothing() {
        var database = TestServers.database("commit");
        try (var proxy = new TcpProxy(port(database));
                var direct = new InboxFixture(database, Map.of());
                var fixture = new InboxFixture(through(proxy, database), Map.of());
                var threads = Executors.newCachedThreadPool()) {
            atCommit(direct, "perform pg_sleep(0.5);");
            var first = arrivals.of(ORDER);
            var second = arrivals.of(OTHER);

            var consumer =
                    CompletableFuture.runAsync(() -> fixture.receive(first, second), threads);
            eventually(() -> assertThat(sleeping(direct)).isEqualTo(1));
            proxy.breakConnections();
            consumer.exceptionally(_ -> null).join();
            redeliver(() -> fixture.receive(first, second));

            assertThat(direct.effects()).containsExactly(id(first), id(second));
            assertThat(direct.count("messaging.dead_letter")).isZero();
            assertThat(fixture.counted("duplicates")).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_connection_that_dies_before_its_commit_applies_nothing_until_it_is_tried_again() {
        try (var fixture = new InboxFixture()) {
            atCommit(fixture, "perform pg_terminate_backend(pg_backend_pid());");
            var event = arrivals.of(ORDER);

            assertThatThrownBy(() -> fixture.receive(event)).isInstanceOf(RuntimeException.class);
            fixture.jdbc.execute("drop trigger at_commit on effect");
            redeliver(() -> fixture.receive(event));

            assertThat(fixture.effects()).containsExactly(id(event));
            assertThat(fixture.count("messaging.dead_letter")).isZero();
        }
    }

    @Test
    void an_event_on_which_the_connection_always_dies_is_to_blame_the_tenth_time() {
        try (var fixture = new InboxFixture()) {
            fixture.before =
                    event -> {
                        if (event.orderId().equals(OTHER)) {
                            fixture.jdbc.execute("select pg_terminate_backend(pg_backend_pid())");
                        }
                    };
            var first = arrivals.of(ORDER);
            var killer = arrivals.of(OTHER);
            var last = arrivals.of(ORDER);

            for (int delivery = 1; delivery < 10; delivery++) {
                assertThatThrownBy(() -> fixture.receive(first, killer, last))
                        .isInstanceOf(RuntimeException.class);
            }
            assertThat(fixture.count("messaging.dead_letter")).isZero();
            fixture.receive(first, killer, last);

            assertThat(fixture.letters(Status.DEAD)).containsExactly(id(killer));
            assertThat(fixture.effects()).containsExactly(id(first), id(last));
        }
    }

    /// However long another transaction is in the way: losing against it is not the event's fault.
    @Test
    void an_event_that_always_loses_against_another_transaction_is_tried_for_ever() {
        try (var fixture = new InboxFixture()) {
            fixture.before = _ -> fixture.jdbc.execute(DEADLOCK);
            var event = arrivals.of(ORDER);

            for (int delivery = 1; delivery <= 11; delivery++) {
                assertThatThrownBy(() -> fixture.receive(event))
                        .isInstanceOf(ConcurrencyFailureException.class);
            }
            fixture.before = _ -> {};
            fixture.receive(event);

            assertThat(fixture.effects()).containsExactly(id(event));
            assertThat(fixture.count("messaging.dead_letter")).isZero();
        }
    }

    /// The server answers all the while, and is writable again when the failure is judged.
    @Test
    void an_event_whose_transaction_was_read_only_is_tried_for_ever() {
        try (var fixture = new InboxFixture()) {
            fixture.before = _ -> fixture.jdbc.execute("set transaction read only");
            var event = arrivals.of(ORDER);

            for (int delivery = 1; delivery <= 11; delivery++) {
                assertThatThrownBy(() -> fixture.receive(event))
                        .hasRootCauseInstanceOf(SQLException.class);
            }
            assertThat(fixture.count("messaging.dead_letter")).isZero();
            fixture.before = _ -> {};
            fixture.receive(event);

            assertThat(fixture.effects()).containsExactly(id(event));
            assertThat(fixture.count("messaging.dead_letter")).isZero();
        }
    }

    @Test
    void a_database_that_turns_read_only_again_and_again_loses_and_dead_letters_nothing()
            throws SQLException {
        try (var server = new PostgresServer(Trees.temporary("flips"), 0, Durability.PROCESS_ONLY);
                var threads = Executors.newCachedThreadPool()) {
            server.start();
            try (var fixture = new InboxFixture(server.database("shop", "secret"), QUICK);
                    var administrator = server.administrator().connect()) {
                var isOver = new AtomicBoolean();
                var flips = CompletableFuture.runAsync(() -> flip(administrator, isOver), threads);
                var applied = new ArrayList<UUID>();

                while (applied.size() < 100) {
                    var first = arrivals.of(ORDER);
                    var second = arrivals.of(OTHER);
                    redeliver(() -> fixture.receive(first, second));
                    applied.addAll(List.of(id(first), id(second)));
                }
                isOver.set(true);
                flips.join();

                assertThat(fixture.effects()).containsExactlyElementsOf(applied);
                assertThat(fixture.count("messaging.dead_letter")).isZero();
            }
        }
    }

    private static void flip(Connection administrator, AtomicBoolean isOver) {
        try (var statement = administrator.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            while (!isOver.get()) {
                for (String readOnly : List.of("on", "off")) {
                    statement.execute(
                            "alter system set default_transaction_read_only = " + readOnly);
                    statement.execute("select pg_reload_conf()");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_handler_that_hangs_is_ended_by_the_database() {
        var settings =
                Map.of(
                        "eventshop.inbox.transaction-timeout", "1s",
                        "eventshop.inbox.strikes-max", "1");
        try (var fixture = new InboxFixture(TestServers.database("hang"), settings)) {
            fixture.before =
                    event -> {
                        if (event.orderId().equals(OTHER)) {
                            fixture.jdbc.execute("select pg_sleep(60)");
                        }
                    };
            var slow = arrivals.of(OTHER);
            var quick = arrivals.of(ORDER);

            fixture.receive(slow, quick);

            assertThat(fixture.effects()).containsExactly(id(quick));
            assertThat(fixture.letters(Status.DEAD)).containsExactly(id(slow));
        }
    }

    @Test
    void an_event_that_was_applied_is_never_buried() {
        try (var fixture = new InboxFixture()) {
            var event = arrivals.of(ORDER);
            fixture.receive(event);

            var fate = fixture.bury(event);

            assertThat(fate).isEqualTo(Fate.DUPLICATE);
            assertThat(fixture.count("messaging.dead_letter")).isZero();
            assertThat(fixture.count("messaging.blocked_key")).isZero();
        }
    }

    /// As the container does, until it works.
    private static void redeliver(ThrowingRunnable delivery) {
        await().ignoreExceptions().untilAsserted(delivery);
    }

    private static void atCommit(InboxFixture fixture, String statement) {
        fixture.jdbc.execute(
                """
                create or replace function at_commit() returns trigger language plpgsql as
                $$ begin %s return null; end $$
                """
                        .formatted(statement));
        fixture.jdbc.execute(
                """
                create constraint trigger at_commit after insert on effect
                    deferrable initially deferred
                    for each row execute function at_commit()
                """);
    }

    private static int sleeping(InboxFixture fixture) {
        return fixture.count(
                "pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'");
    }

    private static int port(Database database) {
        return URI.create(database.url().substring("jdbc:".length())).getPort();
    }

    private static Database through(TcpProxy proxy, Database database) {
        var url = database.url().replace(":" + port(database) + "/", ":" + proxy.port() + "/");
        return new Database(url, database.username(), database.password());
    }
}
