package io.eventshop.web.problem;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.web.problem.PutOff.THING;
import static io.eventshop.web.problem.PutOff.assertAllPutOffInTime;
import static io.eventshop.web.problem.PutOff.assertPutOffInTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.TcpProxy;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.Things;
import io.eventshop.web.app.WebTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// PostgreSQL, or the way to it, hangs: connections stay open and no answer comes. Requests are
/// answered in time all the same, whichever connection they get, and soon after the end all is as
/// before.
@Tag("promised-time")
@WebTest
class HangTest {

    private static final int POOL_SIZE = 10;
    private static final int PLACES = 8;
    private static final PromisedTime NORMAL =
            new PromisedTime("a database that hung is used again", Duration.ofSeconds(5));
    @Autowired Http http;
    @Autowired PostgresServer postgres;
    @Autowired TcpProxy network;
    @Autowired DataSource dataSource;
    @Autowired JdbcClient jdbc;

    private final String name = UUID.randomUUID().toString();

    @BeforeEach
    void fillPool() {
        await().until(() -> http.get(THING).status() == 404);
        await().until(() -> pool().getIdleConnections() == POOL_SIZE);
    }

    @AfterEach
    void heal() throws IOException {
        network.heal();
        signalAll("-CONT");
        Things.GO.drainPermits();
    }

    @Test
    void idle_connections_are_tried_and_given_up() {
        awaitNobodyTrustsConnections();

        network.freeze();

        assertAllPutOffInTime(http);
        network.heal();
        assertNormalSoon();
    }

    @Test
    void a_server_whose_processes_are_stopped_is_given_up() throws IOException {
        awaitNobodyTrustsConnections();

        signalAll("-STOP");

        assertAllPutOffInTime(http);
        signalAll("-CONT");
        assertNormalSoon();
    }

    /// The pool trusts a connection for half a second after its last use and does not try it.
    @Test
    void connections_that_were_just_used_are_given_up() {
        var justNow = holdAll();
        Things.GO.release(PLACES);
        justNow.forEach(made -> assertThat(made.join().status()).isEqualTo(201));

        network.freeze();

        assertAllPutOffInTime(http);
        network.heal();
        assertNormalSoon();
    }

    @Test
    void connections_that_have_to_be_made_are_given_up() {
        network.freeze();
        pool().softEvictConnections();

        assertAllPutOffInTime(http);
        network.heal();
        assertNormalSoon();
    }

    @Test
    void transactions_that_have_begun_are_given_up() {
        var begun = holdAll();

        network.freeze();
        Things.GO.release(PLACES);

        assertPutOffInTime(begun);
        network.heal();
        assertNormalSoon();
    }

    /// What was put off may have had its effect: here the network delivers the commit later.
    @Test
    void a_commit_without_an_answer_is_repeated_with_its_key() {
        var begun = hold();
        network.freeze();
        Things.GO.release();

        var problem = begun.join().problem(503, "temporarily-unavailable");
        assertThat(problem.path("detail").asString()).contains("Idempotency-Key");

        network.heal();
        Things.GO.release();
        NORMAL.until(() -> hold().join().status() == 201);
        assertThat(things()).isEqualTo(1);
    }

    @Test
    void a_lock_that_is_not_released_is_given_up_and_no_session_waits_on() throws SQLException {
        try (var connection = postgres.database("things", "things").connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            var _ = statement.execute("lock table thing");

            assertPutOffInTime(List.of(http.start(http.request(THING))));
            NORMAL.until(() -> sessionsThatWait() == 0);
        }
    }

    @Test
    void who_is_no_request_waits_longer_also_on_a_connection_that_was_a_requests() {
        var _ = holdAll();
        Things.GO.release(PLACES);
        await().until(() -> pool().getActiveConnections() == 0);

        assertThatCode(
                        () -> {
                            var _ =
                                    jdbc.sql("select 1 from pg_sleep(2.5)")
                                            .query(Integer.class)
                                            .single();
                        })
                .doesNotThrowAnyException();
    }

    private List<CompletableFuture<Http.Answer>> holdAll() {
        var held = IntStream.range(0, PLACES).mapToObj(_ -> hold(UUID.randomUUID())).toList();
        await().until(() -> pool().getActiveConnections() == PLACES);
        return held;
    }

    private CompletableFuture<Http.Answer> hold() {
        return hold(UUID.fromString(name));
    }

    /// A request in the middle of its transaction, until [Things#GO] lets it commit.
    private CompletableFuture<Http.Answer> hold(UUID key) {
        return http.start(
                http.request(
                                "/api/v1/things?hold=true",
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                key.toString())
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"name\": \"%s\", \"quantity\": 1}".formatted(name))));
    }

    /// Longer than the half second for which the pool does not try a connection.
    private static void awaitNobodyTrustsConnections() {
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
    }

    private void assertNormalSoon() {
        NORMAL.until(() -> http.get(THING).status() == 404);
        assertThat(IntStream.range(0, PLACES).mapToObj(_ -> http.start(http.request(THING))))
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(404));
    }

    /// The server and each process that it has made for a connection.
    private void signalAll(String signal) throws IOException {
        var server = ProcessHandle.of(postgres.pid()).orElseThrow();
        var command = Stream.of("kill", signal);
        var pids = Stream.concat(Stream.of(server), server.descendants()).map(p -> "" + p.pid());
        var kill = new ProcessBuilder(Stream.concat(command, pids).toList()).start();
        // Its exit code also says that one of them has ended meanwhile, as sessions do.
        var _ = kill.onExit().join();
    }

    private long sessionsThatWait() throws SQLException {
        try (var connection = postgres.administrator().connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select count(*)
                                from pg_stat_activity
                                where wait_event_type = 'Lock'
                                """)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private long things() {
        return jdbc.sql("select count(*) from thing where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private HikariPoolMXBean pool() {
        try {
            return dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
