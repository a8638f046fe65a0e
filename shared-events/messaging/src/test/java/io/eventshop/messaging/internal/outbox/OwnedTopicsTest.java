package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Capabilities;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Receiver;
import io.eventshop.messaging.transport.Transport;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class OwnedTopicsTest {

    /// What would wait for the broker would do so for a minute.
    private static final PromisedTime AT_ONCE =
            new PromisedTime("a start does not wait for the broker", Duration.ofSeconds(1));

    private final String name = "owned-" + UUID.randomUUID();
    private final Topic topic = new Topic(name, "test", "order", "orderId", Duration.ofDays(7));

    private String bootstrapServers = TestServers.kafkaBootstrapServers();
    private OwnedTopics ownedTopics = ownedTopics();
    private BackgroundWork declaration = declaration();

    @AfterEach
    void stop() {
        declaration.stop();
    }

    @Test
    void a_missing_topic_is_made() throws Exception {
        declaration.start();
        awaitHealth(Status.UP);

        assertThat(TestKafka.broker(bootstrapServers).declare(List.of(topic), 1)).isEmpty();
    }

    @Test
    void what_does_not_fit_is_shown_and_left_alone() {
        try (var probe = new KafkaProbe(bootstrapServers)) {
            probe.ensureTopic(name, 3);
        }

        declaration.start();
        awaitHealth(Status.DOWN);

        assertThat(ownedTopics.health().getDetails().get("objections"))
                .asString()
                .contains("has 3 partitions instead of 6");
    }

    /// Step by step: a topic is missed only if an earlier step has found it.
    @Test
    void a_topic_that_was_deleted_is_missed_and_made_again() throws Exception {
        try (var log = EventLog.kafka(bootstrapServers, Duration.ofMinutes(1))) {
            assertThat(statusAfterDeclaring()).isEqualTo(Status.UP);
            await().until(() -> log.topics(name).contains(name));
            assertThat(statusAfterDeclaring()).isEqualTo(Status.UP);

            log.deleteTopics(List.of(name));
            await().until(() -> !log.topics(name).contains(name));

            assertThat(statusAfterDeclaring()).isEqualTo(Status.DOWN);
            assertThat(ownedTopics.health().getDetails().get("objections"))
                    .asString()
                    .contains("topic " + name + " is gone");
            assertThat(statusAfterDeclaring()).isEqualTo(Status.UP);
            await().until(() -> log.topics(name).contains(name));
        }
    }

    private Status statusAfterDeclaring() throws InterruptedException {
        var _ = ownedTopics.run(() -> false);
        return ownedTopics.health().getStatus();
    }

    @Test
    void what_fits_no_more_is_shown_until_it_does() throws Exception {
        declaration.start();
        awaitHealth(Status.UP);

        try (var log = EventLog.kafka(bootstrapServers, Duration.ofMinutes(1))) {
            await().until(() -> log.topics(name).contains(name));
            log.limitRecordSize(name, 100_000);
            awaitHealth(Status.DOWN);

            log.limitRecordSize(name, 2_000_000);
            awaitHealth(Status.UP);
        }
    }

    @Test
    @Tag("promised-time")
    void a_broker_that_comes_later_gets_its_topics_then() {
        int port = Ports.free();
        bootstrapServers = "127.0.0.1:" + port;
        ownedTopics = ownedTopics();
        declaration = declaration();
        long start = System.nanoTime();

        declaration.start();

        AT_ONCE.judge(Duration.ofNanos(System.nanoTime() - start));
        assertThat(ownedTopics.health().getStatus()).isEqualTo(Status.UNKNOWN);
        try (var late = new KafkaServer(Trees.temporary("kafka"), port)) {
            late.start();
            awaitHealth(Status.UP);
        }
    }

    /// It would wait for the broker, and the service's end for it.
    @Test
    void a_stop_ends_a_declaration_that_waits() throws Exception {
        var asked = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        ownedTopics = new OwnedTopics(new SilentBroker(asked, interrupted), List.of(topic), 1);
        declaration.start();
        asked.await();

        declaration.stop();

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(declaration.isRunning()).isFalse();
    }

    /// Answers nothing for as long as it is let.
    private record SilentBroker(CountDownLatch asked, CountDownLatch interrupted)
            implements Broker {

        @Override
        public List<String> declare(List<Topic> topics, int replication) throws Exception {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return List.of();
        }

        @Override
        public boolean answers() {
            return false;
        }

        @Override
        public Transport transport() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Receiver receiver(Consumption consumption, BatchHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Capabilities capabilities() {
            throw new UnsupportedOperationException();
        }
    }

    private void awaitHealth(Status status) {
        await().until(() -> ownedTopics.health().getStatus(), status::equals);
    }

    private OwnedTopics ownedTopics() {
        return new OwnedTopics(TestKafka.broker(bootstrapServers), List.of(topic), 1);
    }

    private BackgroundWork declaration() {
        return new BackgroundWork("owned-topics", () -> List.of(ownedTopics));
    }
}
