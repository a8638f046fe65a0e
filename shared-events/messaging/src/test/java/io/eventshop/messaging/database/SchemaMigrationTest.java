package io.eventshop.messaging.database;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Database;
import io.eventshop.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SchemaMigrationTest {

    private final Database database = TestServers.database("migrated");
    private final DataSource dataSource =
            new DriverManagerDataSource(database.url(), database.username(), database.password());
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void makeTable() {
        jdbc.execute("create table altered (n integer); insert into altered values (1)");
    }

    @AfterEach
    void end() {
        var _ = threads.shutdownNow();
    }

    @Test
    void queries_pass_a_migration_that_waits_for_a_foreign_lock_and_it_succeeds_afterwards()
            throws SQLException {
        try (var foreign = database.connect()) {
            lockTable(foreign);
            var migration = migrate("altering");
            await().until(this::isWaitingForLock);

            // It would wait behind the migration, and that for the foreign transaction.
            jdbc.execute("set statement_timeout = '60s'; select * from altered");

            assertThat(migration).isNotDone();
            foreign.commit();
            migration.orTimeout(2, TimeUnit.MINUTES).join();
        }
        assertThat(columns()).isEqualTo(2);
    }

    /// Each of them would be alone at the table; both come to it, and one has nothing left to do.
    @Test
    void instances_that_start_at_once_wait_for_each_other_and_for_the_lock() throws SQLException {
        try (var foreign = database.connect()) {
            lockTable(foreign);
            var first = migrate("altering");
            var second = migrate("altering");
            await().until(this::isWaitingForLock);
            await().until(() -> !isWaitingForLock());

            foreign.commit();
            first.orTimeout(2, TimeUnit.MINUTES).join();
            second.orTimeout(2, TimeUnit.MINUTES).join();
        }
        assertThat(columns()).isEqualTo(2);
    }

    @Test
    void an_index_can_be_made_concurrently() {
        migrate("concurrently").orTimeout(2, TimeUnit.MINUTES).join();

        assertThat(
                        jdbc.queryForObject(
                                """
                                select indisvalid
                                from pg_index
                                where indexrelid = 'library.indexed_n'::regclass
                                """,
                                Boolean.class))
                .isTrue();
    }

    private CompletableFuture<Void> migrate(String location) {
        var migration = new SchemaMigration(dataSource, "library", "classpath:db/" + location);
        return CompletableFuture.runAsync(migration::afterPropertiesSet, threads);
    }

    private static void lockTable(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select * from altered for share");
        }
    }

    private boolean isWaitingForLock() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject(
                        """
                        select exists (
                            select from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock')
                        """,
                        Boolean.class));
    }

    private int columns() {
        Integer columns =
                jdbc.queryForObject(
                        """
                        select count(*)
                        from information_schema.columns
                        where table_name = 'altered'
                        """,
                        Integer.class);
        return columns == null ? 0 : columns;
    }
}
