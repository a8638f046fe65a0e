package io.eventshop.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TopicDeclarationTest {

    private final String name = "declared-" + UUID.randomUUID();
    private final Topic topic = new Topic(name, "test", "order", "orderId", Duration.ofDays(7));
    private final Broker broker = new KafkaFactory().connect(TestServers.kafkaBootstrapServers());

    @Test
    void a_missing_topic_is_created_as_the_design_wants_it() throws Exception {
        assertThat(declare()).isEmpty();

        assertThat(declare()).isEmpty();
    }

    /// The broker refuses a producer's time that lies an hour ahead; its own it never does.
    @Test
    void a_producer_whose_clock_is_years_ahead_is_not_refused() throws Exception {
        assertThat(declare()).isEmpty();
        long later = Instant.now().plus(Duration.ofDays(3650)).toEpochMilli();

        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", TestServers.kafkaBootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            var answer = producer.send(new ProducerRecord<>(name, null, later, null, new byte[1]));

            assertThat(answer).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_topic_with_another_number_of_partitions_and_the_producers_time_is_objected_to()
            throws Exception {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(name, 3);
        }

        assertThat(declare())
                .anyMatch(objection -> objection.contains("has 3 partitions instead of 6"))
                .anyMatch(objection ->
                        objection.contains(
                                "message.timestamp.type=CreateTime instead of LogAppendTime"));
    }

    @Test
    void a_topic_that_takes_less_than_the_relay_sends_is_objected_to() throws Exception {
        assertThat(declare()).isEmpty();
        try (var log = EventLog.kafka(TestServers.kafkaBootstrapServers(), Duration.ofMinutes(1))) {
            log.limitRecordSize(name, 100_000);
        }

        assertThat(declare()).singleElement().asString().contains("takes 100,000 bytes at once");
    }

    private List<String> declare() throws Exception {
        return broker.declare(List.of(topic), 1);
    }
}
