package io.eventshop.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.check.ShopCheck;
import io.eventshop.launcher.check.ShopDatabases;
import io.eventshop.launcher.check.Verdict;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.MailFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the three databases say, read behind the services' backs, and whether all promises are
/// kept.
public final class ShopLedger {

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    private final Function<Service, Database> databases;
    private final String bootstrapServers;
    private final MailFile mails;

    /// @param databases of the services, each by the role that owns it
    public ShopLedger(
            Function<Service, Database> databases, String bootstrapServers, MailFile mails) {
        this.databases = databases;
        this.bootstrapServers = bootstrapServers;
        this.mails = mails;
    }

    /// Nothing is on its way any more.
    void awaitQuiet() {
        awaitQuiet(QUIET_WITHIN);
    }

    public void awaitQuiet(Duration limit) {
        try {
            assertThat(check().awaitQuiet(limit, limit, _ -> {}))
                    .as("what is still on its way after " + limit)
                    .isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The promises, once all is quiet.
    public void assertExact() throws SQLException {
        assertClean(check());
    }

    /// The same, for a shop in which events were dead-lettered and are all applied by now.
    public void assertExactAfterReplay() throws SQLException {
        assertClean(check().settledLettersAllowed());
    }

    private static void assertClean(ShopCheck check) throws SQLException {
        try {
            Verdict verdict = check.verdict();
            assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ShopCheck check() {
        return ShopCheck.of(
                        new ShopDatabases(
                                databases.apply(Service.ORDER),
                                databases.apply(Service.INVENTORY),
                                databases.apply(Service.NOTIFICATION)),
                        bootstrapServers)
                .withMails(mails);
    }

    /// Every row of every table of the services' own, except what the passing of time changes.
    Map<String, List<String>> everything() throws SQLException {
        var all = new LinkedHashMap<String, List<String>>();
        for (Service service : Service.values()) {
            for (String table : tables(service)) {
                all.put(table, rows(service, "select t::text from " + table + " t order by 1"));
            }
        }
        return all;
    }

    private List<String> tables(Service service) throws SQLException {
        return rows(
                service,
                "select tablename from pg_tables where schemaname = 'public' and tablename not like 'flyway%' order by 1");
    }

    public long number(Service service, String query) throws SQLException {
        return Long.parseLong(rows(service, query).getFirst());
    }

    /// Each row's columns, joined by commas.
    public List<String> rows(Service service, String query) throws SQLException {
        try (var connection = databases.apply(service).connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var columns = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join(",", columns));
            }
            return rows;
        }
    }

    public void execute(Service service, String sql) throws SQLException {
        try (var connection = databases.apply(service).connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }
}
