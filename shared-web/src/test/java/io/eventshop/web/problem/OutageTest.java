package io.eventshop.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.web.app.Http;
import io.eventshop.web.app.WebTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// PostgreSQL is gone, then back.
@WebTest
class OutageTest {

    private static final String THING = "/api/v1/things/5e4d2f8a-0000-7000-8000-000000000000";

    private static final int POOL_SIZE = 10;

    @Autowired Http http;
    @Autowired PostgresServer postgres;
    @Autowired HikariDataSource pool;

    @AfterEach
    void heal() throws IOException {
        if (postgres.isAlive()) {
            signalAll("-CONT");
        } else {
            postgres.start();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> http.get(THING).status() == 404);
    }

    @Test
    void a_dead_database_is_answered_in_time_and_its_return_is_noticed() {
        assertThat(http.get(THING).status()).isEqualTo(404);

        postgres.kill();

        assertAllPutOffInTime();
        postgres.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> http.get(THING).status() == 404);
    }

    @Test
    void a_database_that_hangs_is_answered_in_time() throws IOException {
        assertThat(http.get(THING).status()).isEqualTo(404);
        // The pool trusts a connection for half a second after it was last used or made; a query
        // on one of those would wait for the socket's own timeout.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> pool.getHikariPoolMXBean().getIdleConnections() == POOL_SIZE);
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);

        signalAll("-STOP");

        assertAllPutOffInTime();
    }

    /// Begins a transaction, where a read just takes a connection.
    private HttpRequest.Builder make() {
        return http.request("/api/v1/things", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"outage\", \"quantity\": 1}"));
    }

    /// The server and each process that it has made for a connection.
    private void signalAll(String signal) throws IOException {
        var server = ProcessHandle.of(postgres.pid()).orElseThrow();
        var command = Stream.of("kill", signal);
        var pids = Stream.concat(Stream.of(server), server.descendants()).map(p -> "" + p.pid());
        var kill = new ProcessBuilder(Stream.concat(command, pids).toList()).start();
        assertThat(kill.onExit().join().exitValue()).isZero();
    }

    /// More requests at once than there are places.
    private void assertAllPutOffInTime() {
        long start = System.nanoTime();
        var answers =
                IntStream.range(0, 20)
                        .mapToObj(i -> http.start(i % 2 == 0 ? http.request(THING) : make()))
                        .toList();

        for (var answer : answers) {
            assertThat(answer.join().status()).isEqualTo(503);
            assertThat(answer.join().header("Retry-After")).isEqualTo("1");
            Http.Answer.assertLeaksNothing(answer.join().body());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
}
