package io.eventshop.messaging.kafka;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.testkit.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostRecordsTest {

    private static final String SERVERS = TestServers.kafkaBootstrapServers();

    private final EventLog log = EventLog.kafka(SERVERS, Duration.ofMinutes(1));
    private final String name = "lost-" + UUID.randomUUID();
    private final List<String> handled = new CopyOnWriteArrayList<>();

    private SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Receiver receiver = receiver(this::handle);

    @BeforeEach
    void createTopic() throws IOException {
        log.createTopic(name, 1);
    }

    @AfterEach
    void stop() {
        receiver.stop();
        log.close();
    }

    @Test
    void records_deleted_while_a_consumer_was_away_are_counted_once() throws Exception {
        receiver.start();
        write("read");
        eventually(() -> assertThat(handled).containsExactly("read"));
        assertThat(lost()).isZero();
        receiver.stop();

        write("lost", "lost as well", "kept");
        deleteBefore(3);
        receiver = restarted();
        eventually(() -> assertThat(handled).containsExactly("read", "kept"));

        assertThat(lost()).isEqualTo(2);
        receiver.stop();
        receiver = restarted();
        write("next");
        eventually(() -> assertThat(handled).containsExactly("read", "kept", "next"));
        assertThat(lost()).isZero();
    }

    /// Nothing is left to be read, so nothing else could show it.
    @Test
    void the_loss_of_all_there_was_is_counted_before_another_record_comes() throws Exception {
        receiver.start();
        write("read");
        eventually(() -> assertThat(handled).containsExactly("read"));
        receiver.stop();

        write("lost");
        deleteBefore(2);
        receiver = restarted();

        eventually(() -> assertThat(lost()).isEqualTo(1));
        receiver.stop();
        receiver = restarted();
        write("next");
        eventually(() -> assertThat(handled).containsExactly("read", "next"));
        assertThat(lost()).isZero();
    }

    /// Its partitions stay with it, so it is told of no assignment.
    @Test
    void records_deleted_while_a_batch_had_to_wait_are_counted() throws Exception {
        var waits = new CopyOnWriteArrayList<List<String>>();
        receiver =
                receiver(batch -> {
                    var values = values(batch);
                    if (values.contains("waits")) {
                        waits.add(values);
                        return Optional.of(Duration.ofMillis(500));
                    }
                    return handle(batch);
                });
        receiver.start();
        write("read");
        eventually(() -> assertThat(handled).containsExactly("read"));
        write("waits");
        await("the batch waits").until(() -> !waits.isEmpty());

        write("kept");
        deleteBefore(2);

        eventually(() -> assertThat(handled).containsExactly("read", "kept"));
        assertThat(lost()).isEqualTo(1);
    }

    /// Read-committed consumers would wait for it, and its marks are offsets without a record.
    @Test
    void an_open_transaction_of_somebody_else_stops_nobody_and_is_no_loss() throws Exception {
        receiver.start();
        try (var foreign = transactional()) {
            foreign.beginTransaction();
            foreign.send(new ProducerRecord<>(name, "foreign".getBytes(UTF_8))).get();

            write("ours");

            eventually(() -> assertThat(handled).containsExactly("foreign", "ours"));
            foreign.abortTransaction();
        }
        write("next");
        eventually(() -> assertThat(handled).containsExactly("foreign", "ours", "next"));
        assertThat(lost()).isZero();
    }

    private static KafkaProducer<byte[], byte[]> transactional() {
        var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                SERVERS,
                                "transactional.id",
                                "foreign-" + UUID.randomUUID()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private Optional<Duration> handle(List<Delivery> batch) {
        handled.addAll(values(batch));
        return Optional.empty();
    }

    private static List<String> values(List<Delivery> batch) {
        return batch.stream().map(one -> new String(one.value(), UTF_8)).toList();
    }

    /// As after a new start of the service: meters begin at zero.
    private Receiver restarted() {
        registry = new SimpleMeterRegistry();
        var next = receiver(this::handle);
        next.start();
        return next;
    }

    private Receiver receiver(BatchHandler handler) {
        var topic = new Topic(name, "test", "order", "orderId", null);
        var consumption = new Consumption(name, List.of(topic), 100, Duration.ofMinutes(1));
        Map<String, Object> connection = Map.of("bootstrap.servers", SERVERS);
        return new KafkaBroker(connection, connection, connection, registry)
                .receiver(consumption, handler);
    }

    private double lost() {
        return registry.get("eventshop.consumer.records.lost").tag("group", name).counter().count();
    }

    private void write(String... values) throws IOException {
        var records =
                IntStream.range(0, values.length)
                        .mapToObj(
                                i -> RawRecord.of(name, null, Map.of(), values[i].getBytes(UTF_8)))
                        .toList();
        var _ = log.write(records);
    }

    /// As retention does it.
    private void deleteBefore(long offset) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", SERVERS))) {
            var partition = new TopicPartition(name, 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }
}
