package io.eventshop.messaging.kafka;

import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Sends to Kafka, CloudEvents in binary mode, so that records of a key are accepted as a prefix
/// without holes. Three things are needed for that, and each alone is not enough:
///
/// - One request in flight. With five, a refused first batch lets the second pass, even when the
///   producer is closed at once: a broker that knows nothing of a producer accepts any first
///   sequence number.
/// - The first failure closes the producer *inside its callback*, on the client's own thread, which
///   therefore sends nothing more. It is closed without patience: a patient `close` waits for a
///   dead broker for ever.
/// - The client never gives up by itself. Batches that expire while they are in flight can be
///   misrouted (KAFKA-19012), so the deadline is ours: when it passes, the producer is closed.
///
/// The next send makes a new producer.
final class KafkaTransport implements Transport {

    /// For a first answer about a topic, e.g. from a broker that is down. Less than the time by
    /// which the relay's session outlasts its deadline, as a send may begin just before that.
    private static final Duration METADATA_MAX = Duration.ofSeconds(3);

    /// Large, so that a backlog leaves in few batches; with a linger time of zero a lone record
    /// does not wait for it to fill.
    private static final int BATCH_SIZE = 128 * 1024;

    /// Room for the half-filled batches of all partitions and a whole pass; bounds the memory of
    /// four relay loops.
    private static final int BUFFER = 8 * 1024 * 1024;

    /// What a request may hold before compression. A topic has to take at least this much.
    static final int REQUEST_SIZE_MAX = 1024 * 1024;

    static final String CLOUD_EVENTS_PREFIX = "ce_";

    private final Map<String, Object> settings;

    private volatile @Nullable Producer<byte[], byte[]> producer;

    /// @param connection where the cluster is and how to log in; all else is set here
    KafkaTransport(Map<String, Object> connection) {
        this.settings = new HashMap<>(connection);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, METADATA_MAX.toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_SIZE_MAX);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }

    @Override
    public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        Sending sending;
        try {
            sending = new Sending(open(), end);
        } catch (KafkaException e) {
            // E.g. the brokers' names cannot be resolved, as in a network where they are down.
            return records.stream().<Outcome>map(_ -> new Outcome.Unknown(e.toString())).toList();
        }
        for (OutgoingRecord record : records) {
            if (!sending.send(toKafka(record))) {
                break;
            }
        }
        List<Outcome> outcomes = sending.outcomes(records.size());
        if (sending.hasFailed()) {
            close();
        }
        return outcomes;
    }

    private Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings);
            producer = open;
        }
        return open;
    }

    private static ProducerRecord<byte[], byte[]> toKafka(OutgoingRecord record) {
        var headers = new RecordHeaders();
        record.attributes()
                .forEach((name, value) -> {
                    boolean isPlain = name.equals(Attributes.CONTENT_TYPE);
                    headers.add(isPlain ? name : CLOUD_EVENTS_PREFIX + name, bytes(value));
                });
        // Twice: as an attribute it says in which context the event was made, and stays; as a plain
        // header it is the transport's, and whoever passes the record on may replace it.
        String traceparent = record.attributes().get(Attributes.TRACE_PARENT);
        if (traceparent != null) {
            headers.add(Attributes.TRACE_PARENT, bytes(traceparent));
        }
        return new ProducerRecord<>(
                record.topic(), null, bytes(record.key()), record.value(), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        if (open != null) {
            producer = null;
            open.close(Duration.ZERO);
        }
    }
}
