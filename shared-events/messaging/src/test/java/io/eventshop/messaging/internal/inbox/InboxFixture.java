package io.eventshop.messaging.internal.inbox;

import com.zaxxer.hikari.HikariDataSource;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.database.ReconnectingDataSource;
import io.eventshop.messaging.database.SchemaMigration;
import io.eventshop.messaging.internal.codec.OlderCodec;
import io.eventshop.messaging.internal.outbox.TestOutbox;
import io.eventshop.messaging.internal.outbox.TraceContext;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
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
/// event in the table `effect`, before that does whatever a test wants, and answers as a test
/// wants.
final class InboxFixture implements AutoCloseable {

    static final String CONSUMER = "effects";

    private static final AggregateTable RESERVATIONS =
            new AggregateTable("reservation", "reservations", "id", "uuid", "event_version");

    private static final Supplier<Database> SHARED =
            SingletonSupplier.of(() -> TestServers.database("inbox"));

    final HikariDataSource dataSource = new HikariDataSource();
    final JdbcTemplate jdbc;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Inbox inbox;
    final Breaker breaker;
    final WaitingEvents waitingEvents;
    final DeadLetters deadLetters;
    final BlockedKeys blockedKeys;
    final DeadLetterDesk desk;
    final DeadLetterSweep sweep;
    final ProcessedMessages processed;

    /// The types that the service has heard of.
    Predicate<String> known = type -> true;

    private final IncomingReader reader =
            new IncomingReader(ShopEvents.CATALOG, OlderCodec.knowing(type -> known.test(type)));
    private final BatchTransaction batches;

    /// What the handler does before it notes the event.
    Consumer<OrderEvent> before = event -> {};

    /// The events that the handler answers with.
    Function<OrderEvent, List<NumberedEvent>> answers = event -> List.of();

    Consumer<List<Event>> preparation = events -> {};

    final Subscription<List<Event>> subscription = subscription(CONSUMER);

    /// Another consumer, of an event with more than one major version.
    final Subscription<List<Event>> placements =
            Subscription.named("placements").from(Topics.ORDERS).on(OrderPlaced.class, this::note);

    /// On a database that the fixtures of this JVM share, one after the other.
    InboxFixture() {
        this(SHARED.get(), Map.of());
    }

    InboxFixture(Database database, Map<String, String> settings) {
        this(database, settings, new TraceContext(null, null));
    }

    /// As the one without arguments, in a service that traces.
    static InboxFixture tracing() {
        var tracing = SdkTracerProvider.builder().build().get("test");
        var w3c = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        return new InboxFixture(
                SHARED.get(),
                Map.of(),
                new TraceContext(
                        new OtelTracer(tracing, new OtelCurrentTraceContext(), _ -> {}),
                        new OtelPropagator(w3c, tracing)));
    }

    private InboxFixture(Database database, Map<String, String> settings, TraceContext trace) {
        dataSource.setJdbcUrl(database.url());
        dataSource.setUsername(database.username());
        dataSource.setPassword(database.password());
        dataSource.setMaximumPoolSize(6);
        dataSource.setMinimumIdle(1);
        dataSource.setConnectionTimeout(
                Long.parseLong(settings.getOrDefault("connection-timeout", "2000")));
        ReconnectingDataSource.under(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        new SchemaMigration(dataSource, "messaging", "classpath:db/messaging").afterPropertiesSet();
        jdbc.execute(
                """
                truncate messaging.processed_message, messaging.dead_letter, messaging.blocked_key,
                    messaging.outbox;
                drop table if exists effect, reservations;
                create table effect (
                    n bigint generated always as identity, event_id uuid, order_id uuid);
                create table reservations (id uuid primary key, event_version bigint not null)
                """);

        var properties = properties(settings);
        PlatformTransactionManager manager = new JdbcTransactionManager(dataSource);
        var client = JdbcClient.create(jdbc);
        var transactions = new BoundedTransactions(manager, client, properties);
        processed = new ProcessedMessages(client);
        deadLetters = new DeadLetters(client);
        blockedKeys = new BlockedKeys(client);
        var handling = handling(trace);
        batches = new BatchTransaction(processed, blockedKeys, deadLetters, handling);
        var consumers = new Consumers(Map.of(CONSUMER, subscription, "placements", placements));
        var meters =
                new InboxMeters(registry, Clock.systemUTC(), deadLetters, blockedKeys, consumers);
        var strikes = new Strikes(properties);
        breaker = new Breaker(registry, consumers);
        inbox = new Inbox(reader, transactions, batches, strikes, breaker, meters, properties);
        waitingEvents =
                new WaitingEvents(
                        consumers,
                        reader,
                        transactions,
                        blockedKeys,
                        deadLetters,
                        processed,
                        handling,
                        breaker,
                        meters);
        desk =
                new DeadLetterDesk(
                        consumers,
                        reader,
                        transactions,
                        blockedKeys,
                        deadLetters,
                        processed,
                        handling,
                        breaker);
        sweep = new DeadLetterSweep(deadLetters, desk, Duration.ofHours(1));
    }

    private Handling handling(TraceContext trace) {
        var stamp = TestOutbox.stamp(Clock.systemUTC(), trace);
        var outbox = TestOutbox.on(dataSource, stamp, List.of(RESERVATIONS), List.of(), _ -> {});
        return new Handling(stamp, outbox, trace.tracer(), trace.propagator());
    }

    DeadLettersEndpoint endpoint(boolean writeOperations) {
        return new DeadLettersEndpoint(
                deadLetters,
                desk,
                sweep,
                new PersonalData(ShopEvents.CATALOG),
                new MessagingProperties(writeOperations, "http://localhost"));
    }

    static InboxProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("eventshop.inbox", InboxProperties.class);
    }

    Subscription<List<Event>> subscription(String consumer) {
        return Subscription.named(consumer)
                .from(Topics.ORDERS)
                .prepare(events -> {
                    preparation.accept(events);
                    return events;
                })
                .on(OrderConfirmed.class, this::note);
    }

    private List<NumberedEvent> note(
            OrderEvent event, EventMetadata metadata, List<Event> prepared) {
        before.accept(event);
        jdbc.update(
                "insert into effect (event_id, order_id) values (?, ?)",
                metadata.id(),
                event.orderId());
        return answers.apply(event);
    }

    /// One more event of the order's reservation.
    NumberedEvent reserved(OrderEvent event) {
        Long number =
                jdbc.queryForObject(
                        """
                        insert into reservations as root values (?, 1)
                        on conflict (id) do update set event_version = root.event_version + 1
                        returning event_version
                        """,
                        Long.class,
                        event.orderId());
        return new NumberedEvent(
                new StockReserved(event.orderId(), List.of()), number == null ? 0 : number);
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
                "select event_id from messaging.dead_letter where status = ? order by seq",
                status.name());
    }

    private List<UUID> ids(String sql, Object... arguments) {
        return jdbc.query(sql, (row, _) -> row.getObject(1, UUID.class), arguments);
    }

    int count(String table) {
        Integer count = jdbc.queryForObject("select count(*) from " + table, Integer.class);
        return count == null ? 0 : count;
    }

    /// Letters that somebody or something still has to deal with.
    int open() {
        var open = deadLetters.countOpen();
        return open.letters() + open.waiting();
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
