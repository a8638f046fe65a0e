package io.eventshop.proof.check;

import io.eventshop.launcher.services.Service;
import io.eventshop.proof.shop.RunningShop;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the databases say, read behind the services' backs, and whether all promises are kept.
public final class ShopLedger {

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    private final RunningShop shop;

    private ShopLedger(RunningShop shop) {
        this.shop = shop;
    }

    public static ShopLedger of(RunningShop shop) {
        return new ShopLedger(shop);
    }

    /// Nothing is on its way any more.
    public void awaitQuiet() {
        awaitQuiet(QUIET_WITHIN);
    }

    public void awaitQuiet(Duration limit) {
        try {
            List<String> restless = check().awaitQuiet(limit, limit, _ -> {});
            if (!restless.isEmpty()) {
                throw new AssertionError(
                        "still on its way after %d s: %s".formatted(limit.toSeconds(), restless));
            }
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
            if (!verdict.isClean()) {
                throw new AssertionError(verdict.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ShopCheck check() {
        return ShopCheck.of(shop);
    }

    /// Every row of every table of the services' own, except what the passing of time changes.
    public Map<String, List<String>> everything() throws SQLException {
        var all = new LinkedHashMap<String, List<String>>();
        for (Service service : Services.ALL) {
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
        try (var connection = shop.database(service).connect();
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
        try (var connection = shop.database(service).connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }
}
