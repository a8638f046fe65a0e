package io.eventshop.testkit;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.services.Sources;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The table of `docs/sqlstates.md`, for tests that hold it against the code, and the catalogue
/// that it has to cover: every code that the test server knows.
public final class SqlStatesPage {

    private static final CommittedFile PAGE =
            new CommittedFile(Sources.root().resolve("docs/sqlstates.md").toString());

    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `(\\w{2}|\\w{5})` \\| [^|]+ \\| ([^|]+) \\| (\\d{3}) \\| [^|]+ \\|$",
                    Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("^(\\w{5}) +[EWS] ", Pattern.MULTILINE);

    private SqlStatesPage() {}

    /// What the page says of a state.
    ///
    /// @param event in the page's words
    /// @param request the status
    public record Row(String state, String event, int request) {}

    /// For each state of the server's catalogue, and each row's own, what the row says that is
    /// meant for it: its own, or its class's.
    ///
    /// @throws IllegalStateException if the page has no row for a class
    public static List<Row> ofEveryState() {
        Map<String, Row> rows =
                ROW.matcher(PAGE.read())
                        .results()
                        .map(SqlStatesPage::row)
                        .collect(toMap(Row::state, row -> row));
        return Stream.concat(catalogue().stream(), rows.keySet().stream().map(SqlStatesPage::code))
                .distinct()
                .sorted()
                .map(state -> row(rows, state))
                .toList();
    }

    private static Row row(MatchResult line) {
        return new Row(line.group(1), line.group(2), Integer.parseInt(line.group(3)));
    }

    private static String code(String row) {
        return row.length() == 2 ? row + "000" : row;
    }

    private static Row row(Map<String, Row> rows, String state) {
        Row row = rows.getOrDefault(state, rows.get(state.substring(0, 2)));
        if (row == null) {
            throw new IllegalStateException("docs/sqlstates.md has no row for " + state);
        }
        return new Row(state, row.event(), row.request());
    }

    private static List<String> catalogue() {
        try (var connection = TestServers.administrator().connect();
                var statement = connection.createStatement();
                var file =
                        statement.executeQuery(
                                """
                                select pg_read_file(setting || '/errcodes.txt')
                                from pg_config
                                where name = 'SHAREDIR'
                                """)) {
            var codes = new ArrayList<String>();
            while (file.next()) {
                CODE.matcher(file.getString(1)).results().forEach(it -> codes.add(it.group(1)));
            }
            if (codes.size() < 200) {
                throw new IllegalStateException("not PostgreSQL's catalogue: " + codes);
            }
            return codes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
