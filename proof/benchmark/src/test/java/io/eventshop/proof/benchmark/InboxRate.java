package io.eventshop.proof.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.Subscription;
import io.eventshop.testkit.Eventually;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.GenericApplicationContext;

/// How fast the inbox takes events for a handler that does nothing, through the real listener,
/// beside a hand-written loop that only writes down the same records. Both find all records there
/// and are timed from their first one, without the time that a consumer takes to join its group.
final class InboxRate implements AutoCloseable {

    private static final double GOAL = 0.5;
    private static final String CONSUMER = "benchmark";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /// The inbox's own limit of a poll, and what a Kafka consumer takes by default.
    private static final int INBOX_POLL = 100;

    private static final int KAFKA_POLL = 500;

    private final int events = Scale.of(50_000);
    private final AtomicLong firstHandled = new AtomicLong();
    private final Servers servers;
    private final Database database;
    private final Topic topic;
    private final ConfigurableApplicationContext service;
    private final Lifecycle listeners;
    private final BulkLoop loop;
    private final BulkLoop largeLoop;

    InboxRate(Servers servers) throws Exception {
        this.servers = servers;
        this.database = servers.database("inbox");
        this.topic =
                new Topic(
                        servers.createTopic("inbox"),
                        Topics.ORDERS.owner(),
                        "order",
                        "orderId",
                        Duration.ofDays(7));
        this.service = SmallService.start("inbox", database, servers, Map.of(), this::register);
        this.listeners =
                service.getBean("io.eventshop.messaging.internal.inbox.Receivers", Lifecycle.class);
        this.loop = new BulkLoop(servers, database, INBOX_POLL);
        this.largeLoop = new BulkLoop(servers, database, KAFKA_POLL);
        listeners.stop();
    }

    /// In its catalog the event belongs on the topic of this measurement.
    private void register(GenericApplicationContext context) {
        var type = ShopEvents.CATALOG.of(OrderConfirmed.class);
        var moved = new EventType<>(type.name(), type.version(), type.payload(), topic);
        context.registerBean(
                "moved",
                EventCatalog.class,
                () -> EventCatalog.of(moved),
                definition -> definition.setPrimary(true));
        context.registerBean(Subscription.class, this::subscription);
    }

    private Subscription<?> subscription() {
        return Subscription.named(CONSUMER)
                .from(topic)
                .on(
                        OrderConfirmed.class,
                        (_, _, _) -> {
                            if (firstHandled.get() == 0) {
                                firstHandled.set(System.nanoTime());
                            }
                            return List.of();
                        });
    }

    void measure(Report report) throws Exception {
        var measured = Rounds.measure("inbox", this::round);

        report.compare(
                "inbox, %,d events, trivial handler".formatted(events),
                Report.perSecond(measured, "inbox"),
                "loop with polls of %d: %s"
                        .formatted(INBOX_POLL, Report.perSecond(measured, "loop")),
                Report.ratio(measured, "ratio"),
                "≥ " + GOAL);
        report.compare(
                "the same",
                Report.perSecond(measured, "inbox"),
                "loop with polls of %d: %s"
                        .formatted(KAFKA_POLL, Report.perSecond(measured, "large loop")),
                Report.ratio(measured, "large ratio"),
                "≥ " + GOAL);
        report.tell(
                "broker: the same records by a consumer that drops them",
                Report.perSecond(measured, "consumer"));
    }

    private void round(Measurements measurements) throws Exception {
        publish();

        double inbox = perSecond(takeByInbox());
        double byLoop = perSecond(takeBy(loop));
        double byLargeLoop = perSecond(takeBy(largeLoop));

        measurements.note("inbox", inbox);
        measurements.note("loop", byLoop);
        measurements.note("large loop", byLargeLoop);
        measurements.note("consumer", perSecond(consume()));
        measurements.note("ratio", inbox / byLoop);
        measurements.note("large ratio", inbox / byLargeLoop);
    }

    private void publish() {
        try (var producer = PlainProducer.forThroughput(servers)) {
            var _ = producer.sendAll(events, _ -> orderConfirmed());
        }
    }

    private Duration takeByInbox() throws Exception {
        Sql.execute(database, "truncate messaging.processed_message");
        double before = handled();
        firstHandled.set(0);
        listeners.start();
        Eventually.await("all events are handled")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> handled() - before >= events);
        var took = Duration.ofNanos(System.nanoTime() - firstHandled.get());
        listeners.stop();
        assertThat(Sql.number(database, "select count(*) from messaging.processed_message"))
                .as("events in the inbox")
                .isEqualTo(events);
        return took;
    }

    /// Counted after the commit.
    private double handled() {
        return service
                .getBean(MeterRegistry.class)
                .find("eventshop.inbox.handled")
                .tag("consumer", CONSUMER)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private Duration takeBy(BulkLoop bulkLoop) throws Exception {
        Duration took = bulkLoop.take(topic.name(), events);
        assertThat(bulkLoop.rows()).as("events in the loop's table").isEqualTo(events);
        return took;
    }

    private Duration consume() {
        var first = new AtomicLong();
        try (var consumer = PlainConsumer.atTheBeginning(servers, topic.name())) {
            consumer.takeAll(
                    events,
                    (_, time) -> {
                        var _ = first.compareAndSet(0, time);
                    });
        }
        return Duration.ofNanos(System.nanoTime() - first.get());
    }

    private ProducerRecord<byte[], byte[]> orderConfirmed() {
        var order = UUID.randomUUID().toString();
        var record =
                new ProducerRecord<>(
                        topic.name(),
                        order.getBytes(UTF_8),
                        "{\"orderId\":\"%s\"}".formatted(order).getBytes(UTF_8));
        attributes(order)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private static Map<String, String> attributes(String order) {
        return Map.ofEntries(
                Map.entry("content-type", "application/json"),
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", UUID.randomUUID().toString()),
                Map.entry("ce_source", "/order-service"),
                Map.entry("ce_type", "org.eventshop.orders.order-confirmed.v1"),
                Map.entry("ce_subject", order),
                Map.entry("ce_partitionkey", order),
                Map.entry("ce_time", Instant.now().toString()),
                Map.entry("ce_aggregateversion", "2"),
                Map.entry("ce_correlationid", UUID.randomUUID().toString()));
    }

    private double perSecond(Duration time) {
        return events / (time.toNanos() / 1e9);
    }

    @Override
    public void close() {
        service.close();
    }
}
