package io.eventshop.messaging.internal.kafka;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.background.BackgroundWork;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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
    void a_missing_topic_is_created_as_the_design_wants_it() throws Exception {
        declaration.start();
        awaitHealth(Status.UP);

        try (var admin = Admin.create(connection())) {
            List<String> objections =
                    new TopicDeclaration(admin, (short) 1).declare(List.of(topic));

            assertThat(objections).isEmpty();
        }
    }

    /// The broker refuses a producer's time that lies an hour ahead; its own it never does.
    @Test
    void a_producer_whose_clock_is_years_ahead_is_not_refused() {
        declaration.start();
        awaitHealth(Status.UP);
        long later = Instant.now().plus(Duration.ofDays(3650)).toEpochMilli();

        try (var producer =
                new KafkaProducer<>(
                        connection(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var answer = producer.send(new ProducerRecord<>(name, null, later, null, new byte[1]));

            assertThat(answer).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_topic_with_another_number_of_partitions_and_the_producers_time_is_objected_to() {
        try (var probe = new KafkaProbe(bootstrapServers)) {
            probe.ensureTopic(name, 3);
        }

        declaration.start();
        awaitHealth(Status.DOWN);

        assertThat(ownedTopics.health().getDetails().get("objections"))
                .asString()
                .contains("has 3 partitions instead of 6")
                .contains("message.timestamp.type=CreateTime instead of LogAppendTime");
    }

    @Test
    void a_topic_that_takes_less_than_the_relay_sends_is_objected_to() {
        declaration.start();
        awaitHealth(Status.UP);
        declaration.stop();
        TestKafka.limitRecordSize(bootstrapServers, name, 100_000);

        declaration.start();
        awaitHealth(Status.DOWN);

        assertThat(ownedTopics.health().getDetails().get("objections"))
                .asString()
                .contains("takes 100,000 bytes at once");
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

    private void awaitHealth(Status status) {
        await().until(() -> ownedTopics.health().getStatus(), status::equals);
    }

    private OwnedTopics ownedTopics() {
        return new OwnedTopics(connection(), List.of(topic), (short) 1);
    }

    private BackgroundWork declaration() {
        return new BackgroundWork("owned-topics", () -> List.of(ownedTopics));
    }

    private Map<String, Object> connection() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }
}
