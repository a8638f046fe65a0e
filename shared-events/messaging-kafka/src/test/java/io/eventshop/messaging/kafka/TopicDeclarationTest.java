package io.eventshop.messaging.kafka;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
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

    @Test
    void a_topic_with_too_few_replicas_and_what_follows_from_them_is_objected_to()
            throws Exception {
        assertThat(declare()).isEmpty();

        assertThat(broker.declare(List.of(topic), 3))
                .containsExactlyInAnyOrder(
                        "topic " + name + " has 1 replicas instead of 3",
                        "topic " + name + " has min.insync.replicas=1 instead of 2");
    }

    @Test
    void a_topic_that_may_drop_records_is_objected_to_until_it_is_repaired() throws Exception {
        assertThat(declare()).isEmpty();
        alter("unclean.leader.election.enable", "true");

        eventually(() ->
                assertThat(declare())
                        .containsExactly(
                                "topic "
                                        + name
                                        + " has unclean.leader.election.enable=true instead of false"));

        alter("unclean.leader.election.enable", "false");
        eventually(() -> assertThat(declare()).isEmpty());
    }

    /// An older broker refuses a topic with a setting that it does not know, and shows none.
    @Test
    void a_broker_that_cannot_bound_decompressed_records_is_objected_to_and_used()
            throws Exception {
        try (var older = new OlderBroker(connection())) {
            var declaration = new TopicDeclaration(older, (short) 1, new HashSet<>(), _ -> {});

            assertThat(declaration.declare(List.of(topic)))
                    .singleElement()
                    .asString()
                    .contains("too old to know max.decompressed.message.bytes")
                    .contains(name);

            eventually(() ->
                    assertThat(declaration.declare(List.of(topic)))
                            .singleElement()
                            .asString()
                            .contains("too old to know max.decompressed.message.bytes"));
        }
    }

    private static final class OlderBroker extends ForwardingAdmin {

        private static final String UNKNOWN = "max.decompressed.message.bytes";

        OlderBroker(Map<String, Object> connection) {
            super(connection);
        }

        /// Refused by the real broker for a setting that it really does not know.
        @Override
        public CreateTopicsResult createTopics(
                Collection<NewTopic> topics, CreateTopicsOptions options) {
            topics.forEach(one -> {
                var value = one.configs().remove(UNKNOWN);
                if (value != null) {
                    one.configs().put(UNKNOWN + ".too", value);
                }
            });
            return super.createTopics(topics, options);
        }

        @Override
        public DescribeConfigsResult describeConfigs(
                Collection<ConfigResource> resources, DescribeConfigsOptions options) {
            var answers = new HashMap<ConfigResource, KafkaFuture<Config>>();
            super.describeConfigs(resources, options)
                    .values()
                    .forEach((resource, answer) ->
                            answers.put(
                                    resource, answer.thenApply(OlderBroker::withoutTheUnknown)));
            return new DescribeConfigsResult(answers) {};
        }

        private static Config withoutTheUnknown(Config config) {
            return new Config(
                    config.entries().stream()
                            .filter(entry -> !entry.name().equals(UNKNOWN))
                            .toList());
        }
    }

    private void alter(String setting, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        var change =
                List.of(
                        new AlterConfigOp(
                                new ConfigEntry(setting, value), AlterConfigOp.OpType.SET));
        try (var admin = Admin.create(connection())) {
            admin.incrementalAlterConfigs(Map.of(resource, change)).all().get();
        }
    }

    private static Map<String, Object> connection() {
        return Map.of("bootstrap.servers", TestServers.kafkaBootstrapServers());
    }

    private List<String> declare() throws Exception {
        return broker.declare(List.of(topic), 1);
    }
}
