package io.eventshop.proof.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.Eventually;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;

/// How fast the relay, all four shards of it, empties an outbox in which a backlog has collected,
/// beside a producer that sends as many of the same records from memory.
final class RelayDrain implements AutoCloseable {

    private static final double GOAL = 0.25;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /// Of what the relay has sent, the bare producer sends this many over and over: all of them
    /// would not fit into memory, and reading them meanwhile would cost it time.
    private static final int SAMPLE = 10_000;

    private final int rows = Scale.of(200_000);
    private final Servers servers;
    private final Backlog backlog;
    private final ConfigurableApplicationContext service;
    private final Lifecycle relay;
    private final MeterRegistry meters;

    RelayDrain(Servers servers) {
        this.servers = servers;
        var database = servers.database("drain");
        this.backlog = new Backlog(database);
        this.service = SmallService.start("drain", database, servers, Map.of(), _ -> {});
        this.relay =
                service.getBean("io.eventshop.messaging.internal.outbox.Relay", Lifecycle.class);
        relay.stop();
        this.meters = service.getBean(MeterRegistry.class);
    }

    void measure(Report report) throws Exception {
        var measured = Rounds.measure("relay drain", this::round);

        report.compare(
                "relay drain of %,d rows of 500 bytes".formatted(rows),
                Report.perSecond(measured, "relay"),
                "tuned producer " + Report.perSecond(measured, "producer"),
                Report.ratio(measured, "ratio"),
                "≥ " + GOAL);
        report.tell(
                "PostgreSQL: the same rows inserted by one statement",
                Report.perSecond(measured, "insert"));
    }

    private void round(Measurements measurements) throws Exception {
        String topic = servers.createTopic("relay");
        String bareTopic = servers.createTopic("bare");

        double insert = perSecond(backlog.fill(topic, rows));
        double drain = perSecond(drain());
        assertThat(backlog.size()).as("rows left in the outbox").isZero();
        assertThat(servers.recordsIn(topic)).as("records by the relay").isEqualTo(rows);
        double bare = perSecond(sendLike(topic, bareTopic));
        assertThat(servers.recordsIn(bareTopic)).as("records sent bare").isEqualTo(rows);
        servers.deleteTopics(topic, bareTopic);

        measurements.note("insert", insert);
        measurements.note("relay", drain);
        measurements.note("producer", bare);
        measurements.note("ratio", drain / bare);
    }

    /// Asks the relay's own counter for progress, which costs nothing; counting rows would. The
    /// relay is stopped afterwards, which ends with the last pass's commit.
    private Duration drain() {
        double before = published();
        long start = System.nanoTime();
        relay.start();
        Eventually.await("the backlog is published")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> published() - before >= rows);
        var took = Duration.ofNanos(System.nanoTime() - start);
        relay.stop();
        return took;
    }

    private double published() {
        return meters.get("eventshop.outbox.published").counter().count();
    }

    private Duration sendLike(String topic, String bareTopic) {
        List<ConsumerRecord<byte[], byte[]>> sample;
        try (var consumer = PlainConsumer.atTheBeginning(servers, topic)) {
            sample = consumer.first(Math.min(SAMPLE, rows));
        }
        try (var producer = PlainProducer.forThroughput(servers)) {
            return producer.sendAll(
                    rows, number -> copy(sample.get(number % sample.size()), bareTopic));
        }
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, String topic) {
        return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    }

    private double perSecond(Duration time) {
        return rows / (time.toNanos() / 1e9);
    }

    @Override
    public void close() {
        service.close();
    }
}
