package io.eventshop.messaging.internal.kafka;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.internal.transport.Outcome;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import io.eventshop.messaging.internal.transport.Transport;
import io.eventshop.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/// Topics that one test has for itself, and the real transport into them.
public final class TestKafka {

    private TestKafka() {}

    /// Declares a topic as a service would, under a name that no other test knows.
    public static String newTopic(String bootstrapServers) {
        var topic =
                new Topic(
                        "test-" + UUID.randomUUID(),
                        "test",
                        "order",
                        "orderId",
                        Duration.ofDays(1));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<String> objections =
                    new TopicDeclaration(admin, (short) 1).declare(List.of(topic));
            if (!objections.isEmpty()) {
                throw new IllegalStateException(objections.toString());
            }
            return topic.name();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// From now on the broker refuses whatever is larger. The controller has taken a change before
    /// the broker has heard of it; so this waits until the broker says so, too.
    public static void limitRecordSize(String bootstrapServers, String topic, int bytes) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    resource,
                                    List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Eventually.await("the broker has heard of the limit")
                    .pollDelay(Duration.ZERO)
                    .until(() -> limit.value().equals(value(admin, resource, limit.name())));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String value(Admin admin, ConfigResource resource, String name)
            throws ExecutionException, InterruptedException {
        return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                .findAny()
                .orElseThrow()
                .get(name)
                .value();
    }

    /// The real transport, except that everything goes to this topic, whatever the events' own is.
    public static Transport transport(String bootstrapServers, String topic) {
        var kafka = new KafkaTransport(Map.of("bootstrap.servers", bootstrapServers));
        return new Transport() {
            @Override
            public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
                List<OutgoingRecord> redirected =
                        records.stream()
                                .map(record ->
                                        new OutgoingRecord(
                                                topic,
                                                record.key(),
                                                record.attributes(),
                                                record.value()))
                                .toList();
                return kafka.send(redirected, deadline);
            }

            @Override
            public void close() {
                kafka.close();
            }
        };
    }
}
