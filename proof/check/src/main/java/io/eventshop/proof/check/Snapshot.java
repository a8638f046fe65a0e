package io.eventshop.proof.check;

import io.eventshop.launcher.servers.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A database at one moment: all queries see the same, whatever is written meanwhile.
record Snapshot(Connection connection) implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static Snapshot of(Database database) throws SQLException {
        var connection = database.connect(ANSWER_WITHIN);
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new Snapshot(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    <T> List<T> all(String query, Row<T> mapping) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(mapping.of(result));
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
