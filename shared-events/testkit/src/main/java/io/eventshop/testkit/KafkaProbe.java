package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.Position;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.servers.WireRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Looks into topics and puts raw records into them, without a consumer group. Its methods may be
/// called from several threads.
///
/// Through it tests see what services write, so it holds every record that it finds in a topic of
/// the contracts against the closed schema of its version, whatever the test looks for. Exempt is
/// only what it has put there itself: a test may send what no service would.
public final class KafkaProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final EventLog log;

    /// What has been read so far, by topic. A topic that is made anew needs another probe.
    private final Map<String, Read> read = new HashMap<>();

    /// The positions of records that this probe has sent, or has looked at before.
    private final Set<Position> settled = ConcurrentHashMap.newKeySet();

    private record Read(EventLog.Reader reader, List<WireRecord> records) {}

    public KafkaProbe(String bootstrapServers) {
        log = EventLog.kafka(bootstrapServers, LIMIT);
    }

    /// A probe of the broker that the tests of this JVM share.
    public static KafkaProbe ofTestServers() {
        return new KafkaProbe(TestServers.kafkaBootstrapServers());
    }

    /// Makes the topic if there is none.
    public void ensureTopic(String name, int partitions) {
        try {
            log.createTopic(name, partitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Publishes a record with a CloudEvents envelope in binary mode and waits for the broker.
    ///
    /// @param attributes CloudEvents attributes without the prefix, e.g. `id` and `type`
    public void publish(String topic, String key, Map<String, String> attributes, byte[] json) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        attributes.forEach((name, value) ->
                headers.put(name.equals("traceparent") ? name : "ce_" + name, value));
        publishRaw(topic, key, headers, json);
    }

    /// Publishes whatever is given, as it is, and waits for the broker.
    public void publishRaw(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            byte @Nullable [] value) {
        try {
            settled.add(log.write(RawRecord.of(topic, key, headers, value)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All records that lie in the topic now, each partition in its order; none if there is no such
    /// topic.
    ///
    /// @throws AssertionError if a service has written an event that does not fit its schema
    public synchronized List<WireRecord> records(String topic) {
        try {
            var found = read.get(topic);
            if (found == null) {
                if (!log.topics(topic).contains(topic)) {
                    return List.of();
                }
                found = new Read(log.fromBeginning(Set.of(topic)), new ArrayList<>());
                read.put(topic, found);
            }
            found.reader().readToEnd(found.records()::add);
            if (ShopEvents.CATALOG.topics().stream()
                    .anyMatch(known -> known.name().equals(topic))) {
                found.records().forEach(this::requireToFitItsSchema);
            }
            return List.copyOf(found.records());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireToFitItsSchema(WireRecord written) {
        if (!settled.contains(written.position())) {
            assertThat(ClosedSchemas.violations(written))
                    .as(
                            "a service has written what does not fit its schema: %s says %s",
                            written.position(), written.headers())
                    .isEmpty();
            settled.add(written.position());
        }
    }

    /// The records of one key, in their order.
    public List<WireRecord> records(String topic, String key) {
        return records(topic).stream().filter(record -> key.equals(record.key())).toList();
    }

    @Override
    public synchronized void close() {
        read.values().forEach(topic -> topic.reader().close());
        log.close();
    }
}
