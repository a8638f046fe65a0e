package io.eventshop.messaging.kafka;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// On a cluster that somebody else runs: it grants no more than is needed, and bounds nothing by
/// itself.
class GuardedClusterTest {

    /// The largest value that there is, and the default.
    private static final String UNBOUNDED = "2147483639";

    private static final KafkaServer SERVER =
            new KafkaServer(
                    Trees.temporary("kafka"),
                    0,
                    List.of(),
                    Map.of(
                            "max.decompressed.message.bytes",
                            UNBOUNDED,
                            "authorizer.class.name",
                            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                            "allow.everyone.if.no.acl.found",
                            "true"));

    private static final int BOMB_SIZE = 8 * 1024 * 1024;

    private final Map<String, Object> connection =
            Map.of("bootstrap.servers", SERVER.bootstrapServers());
    private final Admin admin = Admin.create(connection);
    private final String name = "guarded-" + UUID.randomUUID();
    private final List<String> unchecked = new ArrayList<>();

    /// What the broker needs itself; not the look at its settings.
    @BeforeAll
    static void start() throws Exception {
        SERVER.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", SERVER.bootstrapServers()))) {
            grant(
                    admin,
                    ResourceType.CLUSTER,
                    "kafka-cluster",
                    AclOperation.CLUSTER_ACTION,
                    AclOperation.ALTER);
            var broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            eventually(() ->
                    assertThatThrownBy(() -> admin.describeConfigs(List.of(broker)).all().get())
                            .hasCauseInstanceOf(ClusterAuthorizationException.class));
        }
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void a_service_that_may_not_see_the_broker_s_settings_declares_its_topics() throws Exception {
        assertThat(declare()).isEmpty();

        eventually(() -> {
            assertThat(declare()).isEmpty();
            assertThat(unchecked)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one).contains("auto.create.topics.enable"));
        });
    }

    @Test
    void a_service_that_may_not_see_a_topic_s_settings_compares_the_rest() throws Exception {
        createTopic(3);
        grant(admin, ResourceType.TOPIC, name, AclOperation.CREATE, AclOperation.WRITE);

        eventually(() -> {
            unchecked.clear();
            assertThat(declare()).singleElement().asString().contains("has 3 partitions");
            assertThat(unchecked)
                    .anySatisfy(one -> assertThat(one).contains("settings of topic " + name));
        });
    }

    @Test
    void a_topic_that_may_not_be_created_is_missed_until_it_may() throws Exception {
        grant(admin, ResourceType.TOPIC, name, AclOperation.WRITE);
        eventually(() ->
                assertThatThrownBy(() -> createTopic(6))
                        .hasCauseInstanceOf(TopicAuthorizationException.class));

        assertThat(declare())
                .singleElement()
                .asString()
                .contains("topic " + name + " is missing and cannot be created")
                .contains("TopicAuthorizationException");

        grant(admin, ResourceType.TOPIC, name, AclOperation.CREATE);
        eventually(() -> assertThat(declare()).isEmpty());
        eventually(() -> assertThat(admin.listTopics().names().get()).contains(name));
    }

    /// Two hundred megabytes would do as well; this test's own memory is small.
    @Test
    void a_bomb_is_refused_by_a_declared_topic_and_by_no_other() throws Exception {
        createTopic(6);
        var written = sendBomb();
        assertThat(written.serializedValueSize()).isEqualTo(BOMB_SIZE);
        eventually(() ->
                assertThat(declare())
                        .anySatisfy(one ->
                                assertThat(one)
                                        .contains(
                                                "max.decompressed.message.bytes="
                                                        + UNBOUNDED
                                                        + " instead of 266240")));

        admin.deleteTopics(List.of(name)).all().get();
        eventually(() -> {
            assertThat(declare()).isEmpty();
            assertThatThrownBy(this::sendBomb).hasCauseInstanceOf(InvalidRecordException.class);
        });
    }

    private RecordMetadata sendBomb() throws Exception {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers",
                        SERVER.bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        2 * BOMB_SIZE,
                        "enable.idempotence",
                        false);
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(name, new byte[BOMB_SIZE])).get();
        }
    }

    private List<String> declare() throws Exception {
        var topic = new Topic(name, "test", "order", "orderId", Duration.ofDays(7));
        return new TopicDeclaration(admin, (short) 1, new HashSet<>(), unchecked::add)
                .declare(List.of(topic));
    }

    private void createTopic(int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }

    private static void grant(
            Admin admin, ResourceType type, String name, AclOperation... operations)
            throws Exception {
        var resource = new ResourcePattern(type, name, PatternType.LITERAL);
        var acls =
                Stream.of(operations)
                        .map(operation ->
                                new AclBinding(
                                        resource,
                                        new AccessControlEntry(
                                                "User:ANONYMOUS",
                                                "*",
                                                operation,
                                                AclPermissionType.ALLOW)))
                        .toList();
        admin.createAcls(acls).all().get();
    }
}
