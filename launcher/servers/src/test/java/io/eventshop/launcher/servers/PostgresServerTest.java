package io.eventshop.launcher.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.servers.PostgresServer.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One server lives through all of this, because each `initdb` takes seconds; the orphan comes
/// last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresServerTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir private static Path directory;
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = new PostgresServer(directory, 0, Durability.PROCESS_ONLY);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void a_role_reaches_its_own_database_only() throws Exception {
        var orders = server.database("orders", "demo-orders");
        var inventory = server.database("inventory", "demo-inventory");

        execute(orders, "create table mine (id int primary key)");

        var trespass = new Database(inventory.url(), orders.username(), orders.password());
        assertThatThrownBy(() -> execute(trespass, "select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
        var detour = new Database(server.administrator().url(), "orders", "demo-orders");
        assertThatThrownBy(() -> execute(detour, "select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void a_wrong_password_is_refused() {
        var notifications = server.database("notifications", "demo-notifications");

        assertThatThrownBy(() ->
                        DriverManager.getConnection(notifications.url(), "notifications", "guessed")
                                .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void a_database_is_made_once_and_its_password_can_change() throws Exception {
        var before = server.database("twice", "first");
        execute(before, "create table kept (id int)");

        var after = server.database("twice", "it's second");

        execute(after, "insert into kept values (1)");
        assertThatThrownBy(() -> execute(before, "select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void text_is_utf_8_in_every_locale() throws Exception {
        try (var connection = server.administrator().connect();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select upper('ä'), current_setting('server_encoding')")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Ä");
            assertThat(rows.getString(2)).isEqualTo("UTF8");
        }
    }

    @Test
    void a_server_that_ends_while_it_starts_says_what_its_log_says(@TempDir Path broken)
            throws Exception {
        Files.createDirectories(broken.resolve("data"));
        Files.writeString(broken.resolve("data").resolve("PG_VERSION"), "1");
        Files.writeString(broken.resolve("superuser.password"), "secret");
        var unable = new PostgresServer(broken, 0, Durability.PROCESS_ONLY);

        assertThatThrownBy(unable::start)
                .hasMessageContaining("postgresql ended with status")
                .hasMessageContaining("postgresql.conf");
        assertThat(unable.isAlive()).isFalse();
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void what_was_committed_survives_a_kill() throws Exception {
        var database = server.database("durable", "durable");
        execute(database, "create table kept (id int)");
        int port = server.port();

        server.kill();
        assertThat(server.isAlive()).isFalse();
        server.start();

        assertThat(server.port()).isEqualTo(port);
        execute(database, "insert into kept values (1)");
    }

    /// It does not see that its server is gone before it has counted.
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void a_start_waits_for_a_session_that_outlives_its_killed_server() throws Exception {
        var administrator = server.administrator();
        try (var session = administrator.connect();
                var statement = session.createStatement()) {
            var counting = CompletableFuture.runAsync(() -> countSlowly(statement));
            assertThat(Waiting.until(() -> countingSessions(administrator) == 1, LIMIT)).isTrue();

            server.kill();
            server.start();

            assertThat(Waiting.until(counting::isDone, LIMIT)).isTrue();
        }
        assertThat(server.isAlive()).isTrue();
    }

    /// Takes seconds.
    private static void countSlowly(Statement statement) {
        try {
            var _ =
                    statement.execute(
                            "select count(*) from (select generate_series(1, 20000000)) numbers");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int countingSessions(Database administrator) {
        var query =
                """
                select count(*) from pg_stat_activity
                 where state = 'active' and query like 'select count(*) from (select%'
                """;
        try (var connection = administrator.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void a_start_ends_the_orphan_of_a_launcher_that_was_killed() throws Exception {
        if (!server.isAlive()) {
            server.start();
        }
        var orphan = ProcessHandle.of(server.pid()).orElseThrow();

        try (var next = new PostgresServer(directory, 0, Durability.PROCESS_ONLY)) {
            next.start();

            assertThat(orphan.isAlive()).isFalse();
            execute(next.database("durable", "durable"), "select 1");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void an_orphan_is_found_by_its_own_lock_file_too() throws Exception {
        if (!server.isAlive()) {
            server.start();
        }
        var orphan = ProcessHandle.of(server.pid()).orElseThrow();
        Files.delete(directory.resolve("postgresql.pid"));

        try (var next = new PostgresServer(directory, 0, Durability.PROCESS_ONLY)) {
            next.start();

            assertThat(Waiting.until(() -> !orphan.isAlive(), LIMIT)).isTrue();
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
