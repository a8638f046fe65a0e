package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A connection prepares its statements and keeps their plans: one that was made while the shop was
/// new has to serve when it is full.
class AppendPlanTest {

    /// The driver prepares from the fifth on, and the server keeps a plan after five more.
    private static final int UNTIL_A_PLAN_IS_KEPT = 20;

    private final TestShop shop = TestShop.open();
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(
                    shop.database.url(), shop.database.username(), shop.database.password(), true);
    private final JdbcClient jdbc = JdbcClient.create(connection);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(connection));
    private final Outbox outbox =
            TestOutbox.on(
                    connection,
                    TestShop.stamp(Clock.systemUTC()),
                    List.of(TestShop.ORDERS),
                    List.of(),
                    _ -> {});

    /// Of a service's rows a page holds fewer than of two numbers: reading all looks cheap early
    /// on.
    @BeforeEach
    void makeRowsWideAndLeaveThemUnknown() {
        shop.execute("alter table orders set (autovacuum_enabled = off)");
        shop.execute("alter table orders add a text, add b text, add c text, add d text");
    }

    @AfterEach
    void close() {
        connection.destroy();
        shop.close();
    }

    @ParameterizedTest(name = "{0} events, analysed while the table was new: {1}")
    @CsvSource({"3, false", "3, true", "300, false", "300, true"})
    void a_bulk_append_to_a_table_that_has_grown_reads_no_more_than_its_own_rows(
            int events, boolean analysed) {
        if (analysed) {
            shop.execute("insert into orders select gen_random_uuid(), 1");
            shop.execute("analyze orders");
        }
        for (int i = 0; i < UNTIL_A_PLAN_IS_KEPT; i++) {
            long _ = sequentialScansOfAppending(events);
        }
        shop.execute(
                "insert into orders select gen_random_uuid(), 1 from generate_series(1, 100000)");

        assertThat(sequentialScansOfAppending(events)).isZero();
    }

    private long sequentialScansOfAppending(int orders) {
        return transaction.execute(_ -> {
            var events = Stream.generate(this::placed).limit(orders).toList();
            long before = sequentialScans();
            outbox.append(events);
            return sequentialScans() - before;
        });
    }

    private NumberedEvent placed() {
        var orderId = UUID.randomUUID();
        int _ = jdbc.sql("insert into orders values (?, 1)").param(orderId).update();
        return new NumberedEvent(new OrderConfirmed(orderId), 1);
    }

    private long sequentialScans() {
        return jdbc.sql("select seq_scan from pg_stat_xact_user_tables where relname = 'orders'")
                .query(Long.class)
                .single();
    }
}
