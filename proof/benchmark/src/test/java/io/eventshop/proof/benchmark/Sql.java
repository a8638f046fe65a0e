package io.eventshop.proof.benchmark;

import io.eventshop.launcher.servers.Database;
import java.sql.SQLException;
import java.time.Duration;

/// Statements past every library.
final class Sql {

    private static final Duration COMMITTING = Duration.ofSeconds(2);

    private Sql() {}

    static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    static long number(Database database, String query) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var _ = result.next();
            return result.getLong(1);
        }
    }

    /// How many transactions of one row each a single connection commits in a second: what the disk
    /// allows.
    static double commitsPerSecond(Database database) throws SQLException {
        execute(database, "create table if not exists raw_commit (number integer)");
        try (var connection = database.connect();
                var insert = connection.prepareStatement("insert into raw_commit values (?)")) {
            long start = System.nanoTime();
            int commits = 0;
            while (System.nanoTime() - start < COMMITTING.toNanos()) {
                insert.setInt(1, commits++);
                var _ = insert.executeUpdate();
            }
            return commits / ((System.nanoTime() - start) / 1e9);
        } finally {
            execute(database, "truncate raw_commit");
        }
    }
}
