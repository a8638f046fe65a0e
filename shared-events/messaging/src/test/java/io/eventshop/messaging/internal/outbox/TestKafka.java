package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.messaging.kafka.KafkaBroker;
import io.eventshop.messaging.transport.Broker;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Topics that one test has for itself, and the real transport into them.
public final class TestKafka {

    private TestKafka() {}

    /// As a service would have it that is told no more than where it is.
    public static Broker broker(String bootstrapServers) {
        Map<String, Object> connection = Map.of("bootstrap.servers", bootstrapServers);
        return new KafkaBroker(connection, connection, connection, new SimpleMeterRegistry());
    }

    /// Declares a topic as a service would, under a name that no other test knows.
    public static String newTopic(String bootstrapServers) {
        var topic =
                new Topic(
                        "test-" + UUID.randomUUID(),
                        "test",
                        "order",
                        "orderId",
                        Duration.ofDays(1));
        try {
            var objections = broker(bootstrapServers).declare(List.of(topic), 1);
            if (!objections.isEmpty()) {
                throw new IllegalStateException(objections.toString());
            }
            return topic.name();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on the broker refuses whatever is larger.
    public static void limitRecordSize(String bootstrapServers, String topic, int bytes) {
        try (var log = EventLog.kafka(bootstrapServers, Duration.ofMinutes(1))) {
            log.limitRecordSize(topic, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The real transport, except that everything goes to this topic, whatever the events' own is.
    public static Transport transport(String bootstrapServers, String topic) {
        var kafka = broker(bootstrapServers).transport();
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
