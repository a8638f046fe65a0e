package io.eventshop.proof.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Outbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// How long an event is on its way from the commit of its transaction to a consumer, while fifty a
/// second come, beside the way of the same record from a bare `send` to the same consumer.
final class CommitToConsumer implements AutoCloseable {

    private static final double GOAL = 1.5;
    private static final int PER_SECOND = 50;

    private static final AggregateTable ORDERS =
            new AggregateTable("order", "orders", "id", "uuid", "event_version");

    private final int events = Scale.of(500);
    private final Servers servers;
    private final Database database;
    private final String bareTopic;
    private final ConfigurableApplicationContext service;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;

    CommitToConsumer(Servers servers) throws Exception {
        this.servers = servers;
        this.database = servers.database("latency");
        this.bareTopic = servers.createTopic("bare");
        this.service =
                SmallService.start(
                        Topics.ORDERS.owner(),
                        database,
                        servers,
                        Map.of(),
                        context -> context.registerBean(AggregateTable.class, () -> ORDERS));
        // Not before: Flyway refuses a database in which it finds what is not its own.
        Sql.execute(
                database,
                "create table orders (id uuid primary key, event_version bigint not null)");
        this.jdbc = service.getBean(JdbcTemplate.class);
        this.transaction = service.getBean(TransactionTemplate.class);
        this.outbox = service.getBean(Outbox.class);
        servers.awaitTopic(Topics.ORDERS.name());
    }

    void measure(Report report) throws Exception {
        var measured = Rounds.measure("commit to consumer", this::round);

        report.compare(
                "commit → consumer, p50 at %d/s".formatted(PER_SECOND),
                Report.millis(measured, "commit p50"),
                "send → consumer " + Report.millis(measured, "send p50"),
                Report.ratio(measured, "ratio"),
                "≤ " + GOAL);
        report.tell(
                "commit → consumer, p99; bare send → consumer, p99",
                Report.millis(measured, "commit p99") + "; " + Report.millis(measured, "send p99"));
        report.tell(
                "PostgreSQL: commits of one row by one connection",
                Report.perSecond(measured, "commits"));
    }

    private void round(Measurements measurements) throws Exception {
        Percentiles committed = travel(Topics.ORDERS.name(), this::commit);
        Percentiles sent;
        try (var producer = PlainProducer.forLatency(servers)) {
            var example = example();
            sent = travel(bareTopic, order -> send(producer, example, order));
        }

        measurements.note("commit p50", committed.millis(50));
        measurements.note("commit p99", committed.millis(99));
        measurements.note("send p50", sent.millis(50));
        measurements.note("send p99", sent.millis(99));
        measurements.note("ratio", committed.millis(50) / sent.millis(50));
        measurements.note("commits", Sql.commitsPerSecond(database));
    }

    private interface Departure {
        /// @return when it left, as of [System#nanoTime()]
        long send(UUID order);
    }

    /// Sends at the pace, one event for each of so many new orders, and waits for all to arrive.
    private Percentiles travel(String topic, Departure departure) throws Exception {
        var departures = new HashMap<String, Long>();
        var arrivals = new HashMap<String, Long>();
        try (var consumer = PlainConsumer.atTheEnd(servers, topic);
                var receiver = Executors.newSingleThreadExecutor()) {
            Future<?> received =
                    receiver.submit(() ->
                            consumer.takeAll(
                                    events,
                                    (record, time) ->
                                            arrivals.put(new String(record.key(), UTF_8), time)));
            var pace = new Pace(PER_SECOND);
            for (int number = 0; number < events; number++) {
                pace.await(number);
                var order = UUID.randomUUID();
                departures.put(order.toString(), departure.send(order));
            }
            received.get();
        }
        assertThat(arrivals).as("orders that arrived").containsOnlyKeys(departures.keySet());
        return new Percentiles(
                departures.entrySet().stream()
                        .map(left -> arrivals.getOrDefault(left.getKey(), 0L) - left.getValue())
                        .toList());
    }

    /// The time is taken when the commit has returned and before the relay is woken, which is the
    /// order in which the two were registered.
    private long commit(UUID order) {
        var committed = new AtomicLong();
        transaction.executeWithoutResult(_ -> {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            committed.set(System.nanoTime());
                        }

                        @Override
                        public int getOrder() {
                            return HIGHEST_PRECEDENCE;
                        }
                    });
            int _ = jdbc.update("insert into orders values (?, 1)", order);
            outbox.append(List.of(new NumberedEvent(new OrderConfirmed(order), 1)));
        });
        return committed.get();
    }

    private long send(PlainProducer producer, ConsumerRecord<byte[], byte[]> example, UUID order) {
        var record =
                new ProducerRecord<>(
                        bareTopic,
                        null,
                        order.toString().getBytes(UTF_8),
                        example.value(),
                        example.headers());
        long now = System.nanoTime();
        producer.send(record);
        return now;
    }

    /// A record of the relay's, so that the bare ones are as large.
    private ConsumerRecord<byte[], byte[]> example() {
        try (var consumer = PlainConsumer.atTheBeginning(servers, Topics.ORDERS.name())) {
            return consumer.first(1).getFirst();
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
