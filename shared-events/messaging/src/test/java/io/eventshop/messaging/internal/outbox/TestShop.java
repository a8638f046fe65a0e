package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.await;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.transport.Transport;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A service reduced to what the outbox sees of it: a table of aggregates, a pool for requests, a
/// topic, and as many relays as the test starts. Each relay has a pool of its own, as another
/// instance of the service would.
final class TestShop implements AutoCloseable {

    static final AggregateTable ORDERS =
            new AggregateTable("order", "orders", "id", "uuid", "event_version");

    final Database database;
    final String bootstrapServers;
    final String topic;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final Outbox outbox;
    final ParkedKeys parkedKeys;

    /// As a relay's, for tests that make its steps themselves.
    final JdbcClient relayJdbc;

    final TransactionTemplate relayTransaction;

    final HikariDataSource requests = new HikariDataSource();
    final RelayPool relayPool;
    private final List<RunningRelay> relays = new ArrayList<>();
    private final KafkaProbe probe;

    /// What was appended last, by the id of its aggregate.
    private final Map<String, EventMetadata> appended = new ConcurrentHashMap<>();

    private record RunningRelay(Relay relay, RelayPool pool) {}

    private TestShop(String bootstrapServers, Clock clock) {
        this.database = TestServers.database("outbox");
        this.bootstrapServers = bootstrapServers;
        this.topic = TestKafka.newTopic(bootstrapServers);
        this.probe = new KafkaProbe(bootstrapServers);
        requests.setJdbcUrl(database.url());
        requests.setUsername(database.username());
        requests.setPassword(database.password());
        requests.setMaximumPoolSize(8);
        requests.setConnectionTimeout(2_000);
        jdbc = JdbcClient.create(requests);
        transaction = new TransactionTemplate(new JdbcTransactionManager(requests));
        new SchemaMigration(requests, "messaging", "classpath:db/messaging").afterPropertiesSet();
        createTable(ORDERS);
        relayPool = new RelayPool(connection(database), properties(Duration.ofSeconds(10)));
        relayJdbc = JdbcClient.create(relayPool.dataSource());
        relayTransaction =
                new TransactionTemplate(new JdbcTransactionManager(relayPool.dataSource()));
        outbox =
                TestOutbox.on(
                        requests,
                        stamp(clock),
                        List.of(ORDERS),
                        List.of(this::remember),
                        this::wakeRelays);
        parkedKeys = new ParkedKeys(jdbc, transaction);
    }

    /// With a topic on the broker that all tests share.
    static TestShop open() {
        return open(TestServers.kafkaBootstrapServers());
    }

    static TestShop open(String bootstrapServers) {
        return new TestShop(bootstrapServers, Clock.systemUTC());
    }

    static TestShop open(Clock clock) {
        return new TestShop(TestServers.kafkaBootstrapServers(), clock);
    }

    static Stamp stamp(Clock clock) {
        return TestOutbox.stamp(clock, new TraceContext(null, null));
    }

    private void remember(List<Appended> events) {
        events.forEach(it -> appended.put(it.metadata().subject(), it.metadata()));
    }

    private void wakeRelays(int shard) {
        relays.forEach(running -> running.relay().wake(shard));
    }

    /// One more event of the order, in a transaction of its own.
    EventMetadata confirm(UUID orderId) {
        return transaction.execute(_ -> {
            append(new OrderConfirmed(orderId));
            return Objects.requireNonNull(appended.get(orderId.toString()));
        });
    }

    /// One more event of its order, in the running transaction.
    void append(OrderEvent event) {
        outbox.append(List.of(counted(event)));
    }

    NumberedEvent counted(OrderEvent event) {
        return new NumberedEvent(event, countEvent(event.orderId()));
    }

    long countEvent(UUID orderId) {
        return countEvent(ORDERS, orderId.toString());
    }

    /// What saving and flushing an aggregate does to its root row.
    ///
    /// @return how many events it has counted
    long countEvent(AggregateTable table, String id) {
        return jdbc.sql(
                        """
                        insert into %1$s as root values (cast(? as %2$s), 1)
                        on conflict (id) do update set event_version = root.event_version + 1
                        returning event_version
                        """
                                .formatted(table.table(), table.idType()))
                .param(id)
                .query(Long.class)
                .single();
    }

    /// The root rows of another kind of aggregate, as [#ORDERS] are.
    AggregateTable table(String aggregateType, String idType) {
        var table =
                new AggregateTable(
                        aggregateType, aggregateType + "s", "id", idType, "event_version");
        createTable(table);
        return table;
    }

    private void createTable(AggregateTable table) {
        execute(
                "create table %s (id %s primary key, event_version bigint not null)"
                        .formatted(table.table(), table.idType()));
    }

    Relay startRelay() {
        return startRelay(() -> TestKafka.transport(bootstrapServers, topic));
    }

    Relay startRelay(Supplier<Transport> transports) {
        return startRelay(transports, Duration.ofSeconds(10));
    }

    Relay startRelay(Supplier<Transport> transports, Duration ackDeadline) {
        var pool = new RelayPool(connection(database), properties(ackDeadline));
        var relay = relay(pool, transports, ackDeadline);
        relays.add(new RunningRelay(relay, pool));
        relay.start();
        return relay;
    }

    static Relay relay(RelayPool pool, Supplier<Transport> transports, Duration ackDeadline) {
        return new Relay(
                pool,
                transports,
                properties(ackDeadline),
                new OutboxMeters(new SimpleMeterRegistry(), pool));
    }

    static OutboxProperties properties(Duration ackDeadline) {
        return new OutboxProperties(true, ackDeadline, Duration.ofSeconds(2), 1_000, 1);
    }

    static JdbcConnectionDetails connection(Database database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return database.url();
            }

            @Override
            public String getUsername() {
                return database.username();
            }

            @Override
            public String getPassword() {
                return database.password();
            }
        };
    }

    /// Lets time pass that is part of the story, e.g. an outage.
    void awaitMoment(Duration duration) {
        try {
            boolean _ = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void execute(String sql) {
        int _ = jdbc.sql(sql).update();
    }

    /// Whether the database takes them in sessions that begin from now on, as after a failover.
    void takeWrites(boolean taken) {
        String name = jdbc.sql("select current_database()").query(String.class).single();
        var administrator = TestServers.administrator();
        var dataSource =
                new DriverManagerDataSource(
                        administrator.url(), administrator.username(), administrator.password());
        int _ =
                JdbcClient.create(dataSource)
                        .sql(
                                "alter database %s set default_transaction_read_only = %s"
                                        .formatted(name, taken ? "off" : "on"))
                        .update();
    }

    /// So that the planner knows what the test lets it know.
    void withoutAutovacuum() {
        execute("alter table messaging.outbox set (autovacuum_enabled = off)");
        execute("truncate messaging.outbox");
    }

    /// Rows as services append them, of about 500 bytes on the wire and 1,000 keys.
    void fillBacklog(int rows) {
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.outbox (
                                    shard, id, topic, aggregate_type, aggregate_id, type, source,
                                    data_schema, occurred_at, aggregate_version, correlation_id,
                                    size, payload)
                                select
                                    crc32(convert_to(key, 'UTF8')) % 4, uuidv7(), 'orders.events',
                                    'order', key, 'org.eventshop.orders.order-confirmed.v1',
                                    '/order-service',
                                    'http://localhost/schemas/orders.order-confirmed/1.0.0', now(),
                                    number / 1000 + 1, 'flow', 600,
                                    json_build_object('orderId', key, 'filler', repeat('x', 60))
                                from (
                                    select number, 'order-' || number % 1000 as key
                                    from generate_series(0, ? - 1) as number
                                    order by number) numbered
                                """)
                        .param(rows)
                        .update();
    }

    void awaitDrained() {
        await().pollInterval(Duration.ofMillis(20)).until(() -> backlog() == 0);
    }

    /// Rows that are not published yet, parked ones included.
    long backlog() {
        return number("select count(*) from messaging.outbox");
    }

    long number(String query) {
        return jdbc.sql(query).query((result, _) -> result.getLong(1)).single();
    }

    /// Everything in the topic, each partition in its order.
    List<WireRecord> published() {
        return probe.records(topic);
    }

    /// The versions of the order's events as they lie in the topic.
    List<Long> publishedVersions(UUID orderId) {
        return versions(probe.records(topic, orderId.toString()));
    }

    static List<Long> versions(List<WireRecord> records) {
        return records.stream().map(TestShop::version).toList();
    }

    static long version(WireRecord record) {
        return Long.parseLong(record.attribute("aggregateversion").orElseThrow());
    }

    void stopRelays() {
        relays.forEach(running -> running.relay().stop());
        relays.forEach(running -> running.pool().close());
        relays.clear();
    }

    @Override
    public void close() {
        stopRelays();
        probe.close();
        relayPool.close();
        requests.close();
    }
}
