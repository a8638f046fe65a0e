package io.eventshop.messaging.internal.inbox;

import static io.eventshop.testkit.Eventually.always;
import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.internal.outbox.TestKafka;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Receivers on a real broker.
class ReceiversTest {

    private static final Duration MEASURED = Duration.ofSeconds(5);

    private final Database database = TestServers.database("listeners");
    private final Topic topic = ListeningService.topic();

    /// It would fail with the first record, when all looks well.
    @Test
    void a_service_whose_catalog_lacks_what_it_handles_does_not_start() {
        var another =
                new EventType<>(
                        "orders.order-cancelled", "1.0.0", OrderCancelled.class, Topics.ORDERS);
        var builder = service().knowing(EventCatalog.of(another));

        assertThatThrownBy(() -> builder.start(topic))
                .rootCause()
                .hasMessageContaining("OrderConfirmed is not in the event catalog");
    }

    /// A stop waits for a while only, and a receiver that starts after it would never end.
    @Test
    void a_receiver_that_was_starting_when_the_service_stopped_does_not_go_on() {
        var calls = new CopyOnWriteArrayList<String>();
        var mayStart = new CountDownLatch(1);
        var receiver =
                new Receiver() {
                    @Override
                    public void start() {
                        calls.add("starting");
                        await().until(() -> mayStart.getCount() == 0);
                        calls.add("started");
                    }

                    @Override
                    public void stop() {
                        calls.add("stopped");
                    }

                    @Override
                    public boolean isRunning() {
                        return false;
                    }
                };
        var broker = TestKafka.broker(TestServers.kafkaBootstrapServers());
        var receivers = new Receivers(broker, List.of(receiver));
        receivers.start();
        eventually(() -> assertThat(calls).contains("starting"));

        receivers.stop();
        mayStart.countDown();

        eventually(() -> assertThat(calls).endsWith("started", "stopped"));
    }

    /// Each may take ten seconds, and a service has twenty. None of these ends before all have
    /// begun.
    @Test
    void receivers_stop_at_the_same_time_and_the_service_waits_for_all_of_them() {
        var begun = new CountDownLatch(3);
        var mayEnd = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var broker = TestKafka.broker(TestServers.kafkaBootstrapServers());
        var receivers =
                new Receivers(
                        broker,
                        Stream.generate(() -> slowToStop(begun, mayEnd, ended)).limit(3).toList());
        var isStopped = new CountDownLatch(1);
        receivers.start();

        receivers.stop(isStopped::countDown);

        await().until(() -> begun.getCount() == 0);
        assertThat(isStopped.getCount()).isEqualTo(1);
        assertThat(ended).hasValue(0);
        mayEnd.countDown();
        await().until(() -> isStopped.getCount() == 0);
        assertThat(ended).hasValue(3);
    }

    private static Receiver slowToStop(
            CountDownLatch begun, CountDownLatch mayEnd, AtomicInteger ended) {
        return new Receiver() {
            @Override
            public void start() {}

            @Override
            public void stop() {
                begun.countDown();
                await().atMost(Duration.ofMinutes(1)).until(() -> begun.getCount() == 0);
                await().until(() -> mayEnd.getCount() == 0);
                ended.incrementAndGet();
            }

            @Override
            public boolean isRunning() {
                return true;
            }
        };
    }

    @Test
    void a_topic_that_does_not_exist_yet_is_read_from_its_beginning_once_it_does() {
        try (var service = service().start(topic);
                var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);

            var published = publish(probe, 3);

            eventually(() -> assertThat(service.effects()).hasSameElementsAs(published));
        }
    }

    @Test
    @Tag("system")
    void a_service_starts_while_kafka_is_down_and_listens_when_it_is_up() {
        try (var kafka = new KafkaServer(Trees.temporary("down"), 0)) {
            kafka.start();
            var builder = ListeningService.on(database, kafka.bootstrapServers());
            kafka.stop();
            try (var service = builder.start(topic)) {
                kafka.start();
                try (var probe = new KafkaProbe(kafka.bootstrapServers())) {
                    probe.ensureTopic(topic.name(), 6);
                    var published = publish(probe, 3);

                    eventually(() -> assertThat(service.effects()).hasSameElementsAs(published));
                }
            }
        }
    }

    /// A consumer without a pause takes as much as a core gives, and its network thread another.
    @Test
    @Tag("system")
    void a_service_without_a_broker_has_the_processor_for_its_requests() throws Exception {
        try (var kafka = new KafkaServer(Trees.temporary("idle"), 0)) {
            kafka.start();
            var builder = ListeningService.on(database, kafka.bootstrapServers());
            kafka.stop();
            try (var service = builder.start(topic)) {
                assertComesToRest("started while Kafka is down");

                kafka.start();
                try (var probe = new KafkaProbe(kafka.bootstrapServers())) {
                    probe.ensureTopic(topic.name(), 6);
                    var published = publish(probe, 3);
                    eventually(() -> assertThat(service.effects()).hasSameElementsAs(published));
                }
                kafka.kill();
                assertComesToRest("after Kafka was killed");

                kafka.start();
                kafka.pause();
                assertComesToRest("while Kafka hangs");
                kafka.resume();
            }
        }
    }

    /// The first seconds may still compile; what turns without a pause never comes to rest.
    private static void assertComesToRest(String when) {
        eventually(() -> assertThat(coresInUse()).as(when).isLessThan(0.5));
    }

    /// Of this JVM, in the next five seconds.
    private static double coresInUse() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        always(MEASURED, () -> assertThat(system.getProcessCpuTime()).isPositive());
        return (system.getProcessCpuTime() - before) / (double) MEASURED.toNanos();
    }

    @Test
    void records_that_cannot_be_read_end_as_dead_letters_and_hold_nobody_up() {
        try (var service = service().start(topic);
                var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            probe.publishRaw(topic.name(), "a", Map.of(), "{}".getBytes(UTF_8));
            probe.publishRaw(topic.name(), null, Map.of(), null);
            probe.publish(
                    topic.name(), "b", attributes(UUID.randomUUID(), "b"), "{".getBytes(UTF_8));
            var published = publish(probe, 3);

            eventually(() -> assertThat(service.effects()).hasSameElementsAs(published));
            eventually(() -> assertThat(service.count("messaging.dead_letter")).isEqualTo(3));
            var letters =
                    service.bean(DeadLettersEndpoint.class)
                            .list(null, null, null, null, null, null);
            assertThat(letters.items())
                    .extracting(DeadLettersEndpoint.Item::reason)
                    .anyMatch(reason -> reason.contains("no value"));
        }
    }

    /// The JVM has no memory left after the commit and before the offsets: as far as Kafka is
    /// concerned, that is a crash.
    @Test
    void a_receiver_that_ends_on_an_error_is_started_again_and_repeats_no_effect() {
        var isOut = new AtomicBoolean();
        try (var service =
                        service()
                                .start(
                                        topic,
                                        (_, _) ->
                                                afterCommit(() -> {
                                                    if (isOut.compareAndSet(false, true)) {
                                                        throw new OutOfMemoryError("as a test");
                                                    }
                                                }));
                var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 1);
            var first = publish(probe, 1);
            eventually(() -> assertThat(isOut).isTrue());
            var second = publish(probe, 1);

            eventually(() -> assertThat(service.effects()).hasSize(2));
            assertThat(service.effects()).containsExactly(first.getFirst(), second.getFirst());
            assertThat(service.count("messaging.dead_letter")).isZero();
        }
    }

    /// It may be stopped in the middle of an outage: no offset is committed before the effect is.
    @Test
    void what_failed_in_one_instance_is_applied_by_the_next() {
        var builder = service().with("eventshop.inbox.strikes-max", "1000");
        var calls = new AtomicInteger();
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 1);
            var published = publish(probe, 1);
            try (var _ =
                    builder.start(
                            topic,
                            (_, _) -> {
                                calls.incrementAndGet();
                                throw new CannotCreateTransactionException("as in an outage");
                            })) {
                // A delivery is tried in its batch and alone; so this one has come again.
                eventually(() -> assertThat(calls).hasValueGreaterThan(2));
            }
            try (var next = builder.start(topic)) {
                eventually(() -> assertThat(next.effects()).containsExactlyElementsOf(published));
            }
        }
    }

    @Test
    void reading_the_topic_again_changes_nothing() {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            var published = publish(probe, 20);
            try (var service = service().start(topic)) {
                eventually(() -> assertThat(service.effects()).hasSameElementsAs(published));
            }
            try (var anotherGroup = service().start(topic)) {
                var _ = publish(probe, 1);

                eventually(() -> assertThat(anotherGroup.effects()).hasSize(21));
                always(Duration.ofSeconds(1), () -> assertThat(anotherGroup.effects()).hasSize(21));
            }
        }
    }

    @Test
    @Tag("system")
    void a_rebalance_during_a_slow_batch_applies_everything_once() {
        var builder = service();
        var calls = new AtomicInteger();
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            var published = publish(probe, 60);
            try (var first =
                    builder.start(
                            topic,
                            (jdbc, _) -> {
                                calls.incrementAndGet();
                                sleepInDatabase(jdbc, 0.1);
                            })) {
                eventually(() -> assertThat(calls).hasPositiveValue());
                try (var second = builder.start(topic)) {
                    var more = publish(probe, 60);

                    eventually(() -> assertThat(second.effects()).hasSize(120));
                    published.addAll(more);
                    assertThat(first.effects()).containsExactlyInAnyOrderElementsOf(published);
                    assertThat(first.count("messaging.dead_letter")).isZero();
                }
            }
        }
    }

    /// Ten events of 0.3 s with 4 s between two polls, and 1 s for a transaction: the batch is
    /// ended by the database, goes event by event, and is handed back in time.
    @Test
    @Tag("system")
    void a_slow_handler_keeps_its_partitions() {
        var builder =
                service()
                        .with("eventshop.inbox.poll-interval-max", "4s")
                        .with("eventshop.inbox.transaction-timeout", "1s");
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 1);
            var published = publish(probe, 10);
            try (var service = builder.start(topic, (jdbc, _) -> sleepInDatabase(jdbc, 0.3))) {
                eventually(
                        () -> assertThat(service.effects()).containsExactlyElementsOf(published));
                assertThat(service.count("messaging.dead_letter")).isZero();
            }
        }
    }

    /// First with its batch and then alone an event fails, and then comes the pause.
    @Test
    void what_has_failed_is_tried_again_after_the_shortest_pause() {
        var tries = new CopyOnWriteArrayList<Instant>();
        try (var service =
                        service()
                                .start(
                                        topic,
                                        (_, _) -> {
                                            tries.add(Instant.now());
                                            if (tries.size() <= 2) {
                                                throw new CannotCreateTransactionException("test");
                                            }
                                        });
                var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 1);
            var published = publish(probe, 1);

            eventually(() -> assertThat(service.effects()).isEqualTo(published));
            assertThat(Duration.between(tries.get(1), tries.get(2)))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
        }
    }

    private ListeningService.Builder service() {
        return ListeningService.on(database, TestServers.kafkaBootstrapServers());
    }

    /// Events of as many orders; their ids in the order of publication.
    private List<UUID> publish(KafkaProbe probe, int count) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID();
            var orderId = UUID.randomUUID();
            probe.publish(
                    topic.name(),
                    orderId.toString(),
                    attributes(id, orderId.toString()),
                    "{\"orderId\":\"%s\"}".formatted(orderId).getBytes(UTF_8));
            ids.add(id);
        }
        return ids;
    }

    static Map<String, String> attributes(UUID id, String subject) {
        return new HashMap<>(
                Map.of(
                        "specversion", "1.0",
                        "id", id.toString(),
                        "source", "/order-service",
                        "type", "org.eventshop.orders.order-confirmed.v1",
                        "subject", subject,
                        "time", Instant.now().toString(),
                        "aggregateversion", "2",
                        "correlationid", "c-1"));
    }

    private static void sleepInDatabase(JdbcTemplate jdbc, double seconds) {
        jdbc.execute("select pg_sleep(" + seconds + ")");
    }

    static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        work.run();
                    }
                });
    }
}
