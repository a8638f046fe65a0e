package io.eventshop.proof.benchmark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A Kafka producer with nothing around it, as safe as the relay's: idempotent, with the
/// acknowledgement of all replicas.
final class PlainProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private PlainProducer(Servers servers, Map<String, Object> tuning) {
        var settings = new HashMap<>(tuning);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Tuned for many records: it waits a little for large batches and has five requests in flight.
    static PlainProducer forThroughput(Servers servers) {
        return new PlainProducer(
                servers,
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L * 1024 * 1024,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        5));
    }

    /// Tuned for the single record: it waits for nothing.
    static PlainProducer forLatency(Servers servers) {
        return new PlainProducer(servers, Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        var _ =
                producer.send(
                        record,
                        (_, exception) -> {
                            if (exception != null) {
                                failure.set(exception);
                            }
                        });
    }

    /// Sends so many and returns how long it took until all were acknowledged.
    Duration sendAll(int count, IntFunction<ProducerRecord<byte[], byte[]>> records) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            send(records.apply(i));
        }
        producer.flush();
        var took = Duration.ofNanos(System.nanoTime() - start);
        if (failure.get() != null) {
            throw new IllegalStateException("the broker did not take all records", failure.get());
        }
        return took;
    }

    @Override
    public void close() {
        producer.close();
    }
}
