package io.eventshop.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;

/// What the three databases say, read behind the services' backs: the other side of the promises.
public final class ShopLedger {

    private static final Duration QUIET_WITHIN = Duration.ofSeconds(90);

    private final Function<Service, Database> databases;

    /// @param databases of the services, each by the role that owns it
    public ShopLedger(Function<Service, Database> databases) {
        this.databases = databases;
    }

    /// Nothing is on its way any more: no outbox row, no order without an answer, no mail to be
    /// sent, and every answer has been acted on.
    void awaitQuiet() {
        awaitQuiet(QUIET_WITHIN);
    }

    public void awaitQuiet(Duration limit) {
        Awaitility.await("the shop is quiet")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (Service service : Service.values()) {
                        assertThat(number(service, "select count(*) from messaging.outbox"))
                                .as("events in the outbox of " + service)
                                .isZero();
                    }
                    assertThat(
                                    number(
                                            Service.ORDER,
                                            "select count(*) from orders where status = 'PENDING'"))
                            .as("orders without an answer")
                            .isZero();
                    assertThat(
                                    number(
                                            Service.NOTIFICATION,
                                            "select count(*) from notification where status = 'PENDING'"))
                            .as("mails to be sent")
                            .isZero();
                    assertThat(mailsByOrder())
                            .as("mails for the end of each order")
                            .isEqualTo(endsOfOrders());
                    assertThat(reservedByItem())
                            .as("stock held per item")
                            .isEqualTo(confirmedByItem());
                });
    }

    /// The promises about stock, notifications and dead letters, once all is quiet.
    public void assertExact() throws SQLException {
        assertExact("true");
    }

    /// The same, for a shop in which events were dead-lettered and are all applied by now.
    void assertExactAfterReplay() throws SQLException {
        assertExact("status <> 'REPLAYED'");
    }

    /// @param unwanted which dead letters there must not be
    private void assertExact(String unwanted) throws SQLException {
        assertThat(
                        rows(
                                Service.INVENTORY,
                                """
                                select i.sku, i.reserved, coalesce(sum(l.quantity) filter (where r.status = 'RESERVED'), 0)
                                  from item i
                                  left join reservation_line l on l.sku = i.sku
                                  left join reservation r on r.order_id = l.order_id
                                 group by i.sku, i.reserved
                                having i.reserved <> coalesce(sum(l.quantity) filter (where r.status = 'RESERVED'), 0)
                                    or i.reserved > i.on_hand
                                """))
                .as("items whose reserved quantity is not the sum of their open reservations")
                .isEmpty();
        assertThat(reservedByItem()).isEqualTo(confirmedByItem());
        assertThat(mailsByOrder()).isEqualTo(endsOfOrders());
        for (Service service : Service.values()) {
            assertThat(
                            rows(
                                    service,
                                    "select consumer, reason from messaging.dead_letter where "
                                            + unwanted))
                    .as("dead letters of " + service)
                    .isEmpty();
        }
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

    private Map<String, String> reservedByItem() throws SQLException {
        return pairs(Service.INVENTORY, "select sku, reserved from item where reserved > 0");
    }

    private Map<String, String> confirmedByItem() throws SQLException {
        return pairs(
                Service.ORDER,
                """
                select l.sku, sum(l.quantity)
                  from orders o
                  join order_line l on l.order_id = o.id
                 where o.status = 'CONFIRMED'
                 group by l.sku
                """);
    }

    private Map<String, String> endsOfOrders() throws SQLException {
        return pairs(
                Service.ORDER,
                """
                select order_id::text || ' ' || status, count(*)
                  from order_history
                 where status <> 'PENDING'
                 group by 1
                """);
    }

    private Map<String, String> mailsByOrder() throws SQLException {
        return pairs(
                Service.NOTIFICATION,
                """
                select order_id::text || ' ' || replace(kind, 'ORDER_', ''), count(*)
                  from notification
                 where order_id is not null
                   and status = 'SENT'
                 group by 1
                """);
    }

    public long number(Service service, String query) throws SQLException {
        return Long.parseLong(rows(service, query).getFirst());
    }

    private Map<String, String> pairs(Service service, String query) throws SQLException {
        var pairs = new LinkedHashMap<String, String>();
        for (String row : rows(service, "select * from (" + query + ") q order by 1")) {
            int comma = row.lastIndexOf(',');
            pairs.put(row.substring(0, comma), row.substring(comma + 1));
        }
        return pairs;
    }

    /// Each row's columns, joined by commas.
    List<String> rows(Service service, String query) throws SQLException {
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

    void execute(Service service, String sql) throws SQLException {
        try (var connection = databases.apply(service).connect();
                var statement = connection.createStatement()) {
            var _ = statement.execute(sql);
        }
    }
}
