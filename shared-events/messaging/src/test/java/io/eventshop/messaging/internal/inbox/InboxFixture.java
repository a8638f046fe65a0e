package io.eventshop.messaging.internal.inbox;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.OlderCodec;
import io.eventshop.messaging.internal.transport.Delivery;
import io.eventshop.testkit.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.function.SingletonSupplier;

/// An inbox on a database of its own, without a broker and without Spring. Its handler notes each
/// event in the table `effect`, and before that does whatever a test wants.
final class InboxFixture implements AutoCloseable {

    static final String CONSUMER = "effects";

    private static final Supplier<Database> SHARED =
            SingletonSupplier.of(() -> TestServers.database("inbox"));

    final HikariDataSource dataSource = new HikariDataSource();
    final JdbcTemplate jdbc;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Inbox inbox;
    final DeadLetters deadLetters;
    final BlockedKeys blockedKeys;
    final DeadLetterDesk desk;
    final ProcessedMessages processed;

    /// The types that the service has heard of.
    Predicate<String> known = type -> true;

    private final IncomingReader reader =
            new IncomingReader(ShopEvents.CATALOG, OlderCodec.knowing(type -> known.test(type)));
    private final BatchTransaction batches;
    final Handling handling = new Handling(null, null);

    /// What the handler does before it notes the event.
    Consumer<OrderEvent> before = event -> {};

    Consumer<List<Event>> preparation = events -> {};

    final Subscription subscription = subscription(CONSUMER);

    /// Another consumer, of an event with more than one major version.
    final Subscription placements =
            Subscription.named("placements").from(Topics.ORDERS).on(OrderPlaced.class, this::note);

    /// On a database that the fixtures of this JVM share, one after the other.
    InboxFixture() {
        this(SHARED.get(), Map.of());
    }

    InboxFixture(Database database, Map<String, String> settings) {
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(6);
        dataSource.setMinimumIdle(1);
        dataSource.setConnectionTimeout(
                Long.parseLong(settings.getOrDefault("connection-timeout", "2000")));
        jdbc = new JdbcTemplate(dataSource);
        new SchemaMigration(dataSource, "messaging", "classpath:db/messaging").afterPropertiesSet();
        jdbc.execute(
                """
                truncate messaging.processed_message, messaging.dead_letter, messaging.blocked_key;
                drop table if exists effect;
                create table effect (
                    n bigint generated always as identity, event_id uuid, order_id uuid)
                """);

        var properties = properties(settings);
        PlatformTransactionManager manager = new JdbcTransactionManager(dataSource);
        var client = JdbcClient.create(jdbc);
        var transactions = new BoundedTransactions(manager, client, properties);
        processed = new ProcessedMessages(client);
        deadLetters = new DeadLetters(client);
        blockedKeys = new BlockedKeys(client);
        batches = new BatchTransaction(processed, blockedKeys, deadLetters, handling);
        var consumers = new Consumers(Map.of(CONSUMER, subscription, "placements", placements));
        var meters =
                new InboxMeters(registry, Clock.systemUTC(), deadLetters, blockedKeys, consumers);
        var strikes = new Strikes(properties);
        inbox = new Inbox(reader, transactions, batches, strikes, meters, properties);
        desk =
                new DeadLetterDesk(
                        consumers, reader, transactions, blockedKeys, deadLetters, handling);
    }

    static InboxProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("eventshop.inbox", InboxProperties.class);
    }

    Subscription subscription(String consumer) {
        return Subscription.named(consumer)
                .from(Topics.ORDERS)
                .prepare(events -> preparation.accept(events))
                .on(OrderConfirmed.class, this::note);
    }

    private void note(OrderEvent event, EventMetadata metadata) {
        before.accept(event);
        jdbc.update(
                "insert into effect (event_id, order_id) values (?, ?)",
                metadata.id(),
                event.orderId());
    }

    void receive(Delivery... batch) {
        inbox.receive(subscription, List.of(batch));
    }

    /// As if the handler had just failed on it.
    Fate bury(Delivery delivery) {
        var failure = new Failure("as a test", "test");
        return batches.bury(reader.read(subscription, delivery), failure);
    }

    /// The events that were applied, in order.
    List<UUID> effects() {
        return ids("select event_id from effect order by n");
    }

    List<UUID> effects(UUID orderId) {
        return ids("select event_id from effect where order_id = ? order by n", orderId);
    }

    List<UUID> letters(DeadLetter.Status status) {
        return ids(
                "select event_id from messaging.dead_letter where status = ? order by \"offset\"",
                status.name());
    }

    private List<UUID> ids(String sql, Object... arguments) {
        return jdbc.query(sql, (row, _) -> row.getObject(1, UUID.class), arguments);
    }

    int count(String table) {
        Integer count = jdbc.queryForObject("select count(*) from " + table, Integer.class);
        return count == null ? 0 : count;
    }

    double counted(String meter) {
        return registry.get("eventshop.inbox." + meter).tag("consumer", CONSUMER).counter().count();
    }

    long latencies() {
        return registry.get("eventshop.inbox.latency").tag("consumer", CONSUMER).timer().count();
    }

    /// How many sessions wait for a lock.
    int waitingForLock() {
        return count(
                "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
