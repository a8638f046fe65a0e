package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.Database;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Questions to a service's database, each over a connection of its own.
final class Sql {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private Sql() {}

    /// @param values for the question's `?`; a collection is an array of uuids
    /// @return the rows as text, `-` for null
    static List<List<String>> rows(Database database, String question, Object... values)
            throws SQLException {
        try (var connection = database.connect(ANSWER_WITHIN);
                var statement = connection.prepareStatement(question)) {
            fill(statement, values);
            try (var result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                var rows = new ArrayList<List<String>>();
                while (result.next()) {
                    var row = new ArrayList<String>();
                    for (int i = 1; i <= columns; i++) {
                        String cell = result.getString(i);
                        row.add(cell == null ? "-" : cell);
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1,
                    values[i] instanceof Collection<?> ids
                            ? statement.getConnection().createArrayOf("uuid", ids.toArray())
                            : values[i]);
        }
    }

    /// The only cell of the only row.
    static String text(Database database, String question, Object... values) throws SQLException {
        return rows(database, question, values).getFirst().getFirst();
    }

    static long count(Database database, String question, Object... values) throws SQLException {
        return Long.parseLong(text(database, question, values));
    }
}
