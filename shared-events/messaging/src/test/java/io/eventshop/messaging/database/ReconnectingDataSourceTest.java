package io.eventshop.messaging.database;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.PostgresServer;
import io.eventshop.launcher.servers.PostgresServer.Durability;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.testkit.PromisedTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

class ReconnectingDataSourceTest {

    /// Alone, the pool would look 10 ms after its first failure, then after twice as long each
    /// time: 5.1 s after the loss, and then only 5 s later.
    private static final Duration OUTAGE = Duration.ofSeconds(7);

    private static final PromisedTime BACK =
            new PromisedTime("a database that is back is used again", Duration.ofMillis(1_500));

    private static final PostgresServer POSTGRES =
            new PostgresServer(Trees.temporary("away"), 0, Durability.PROCESS_ONLY);

    private static Database database;

    @BeforeAll
    static void start() {
        POSTGRES.start();
        database = POSTGRES.database("away", "secret");
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    private static HikariDataSource pool(String password) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.username());
        pool.setPassword(password);
        pool.setConnectionTimeout(500);
        ReconnectingDataSource.under(pool);
        return pool;
    }

    private static boolean isReachable(HikariDataSource pool) {
        try (var connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    @Tag("promised-time")
    void a_database_is_not_missed_for_much_longer_than_it_is_away() {
        try (var pool = pool(database.password())) {
            assertThat(isReachable(pool)).isTrue();
            POSTGRES.kill();
            await().during(OUTAGE).until(() -> !isReachable(pool));
            await().until(() -> isLooking(pool));

            POSTGRES.start();

            BACK.until(() -> isReachable(pool));
        }
    }

    @Test
    void a_pool_that_is_closed_while_its_database_is_away_looks_for_it_no_more() {
        var pool = pool(database.password());
        try {
            assertThat(isReachable(pool)).isTrue();
            POSTGRES.kill();
            await().until(() -> !isReachable(pool) && isLooking(pool));

            pool.close();

            await().until(() -> !isLooking(pool));
        } finally {
            pool.close();
            POSTGRES.start();
        }
    }

    /// As after a failover behind the same address, when what was connected before still leads to
    /// the old primary.
    @Test
    void a_connection_on_which_the_server_takes_no_writes_leaves_the_pool() throws SQLException {
        try (var pool = pool(database.password())) {
            pool.setMaximumPoolSize(1);
            setReadOnly("on");
            assertThatThrownBy(() -> write(pool)).hasMessageContaining("read-only transaction");
            setReadOnly("off"); // for new connections

            // The pool may have replaced the first one before that.
            var _ = catchThrowable(() -> write(pool));
            write(pool);
        } finally {
            setReadOnly("off");
        }
    }

    private static void write(HikariDataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table written (); drop table written");
        }
    }

    private static void setReadOnly(String value) throws SQLException {
        try (var connection = POSTGRES.administrator().connect();
                var statement = connection.createStatement()) {
            statement.execute("alter database away set default_transaction_read_only = " + value);
        }
    }

    private static boolean isLooking(HikariDataSource pool) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(pool.getPoolName()))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame ->
                        frame.getClassName().equals(ReconnectingDataSource.class.getName()));
    }

    @Test
    void a_wrong_password_and_a_database_that_was_never_there_are_told_at_once() {
        for (String url : new String[] {database.url(), "jdbc:postgresql://localhost:1/nowhere"}) {
            try (var pool = pool("wrong")) {
                pool.setJdbcUrl(url);
                ReconnectingDataSource.under(pool);

                assertThatThrownBy(pool::getConnection).isInstanceOf(PSQLException.class);
            }
        }
    }
}
