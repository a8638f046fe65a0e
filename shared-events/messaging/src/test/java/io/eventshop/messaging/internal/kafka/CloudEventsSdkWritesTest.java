package io.eventshop.messaging.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventSerializer;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.internal.codec.Attributes;
import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.transport.Delivery;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.GoldenSample;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// We read what the CloudEvents SDK writes, which knows nothing of us.
class CloudEventsSdkWritesTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void every_event_in_every_version_is_read_with_all_its_attributes(Encoding encoding)
            throws Exception {
        List<GoldenSample> samples = GoldenSample.all().toList();
        List<EventMetadata> written = samples.stream().map(this::metadata).toList();

        List<Delivery> deliveries = deliver(encoding, samples, written);

        for (int i = 0; i < samples.size(); i++) {
            Envelope envelope = codec.open(deliveries.get(i));
            assertThat(codec.metadata(envelope)).isEqualTo(written.get(i));
            assertThat(codec.decode(envelope))
                    .as(samples.get(i).toString())
                    .isEqualTo(codec.decode(plain(samples.get(i))));
        }
    }

    private EventMetadata metadata(GoldenSample sample) {
        return new EventMetadata(
                UUID.randomUUID(),
                "/" + sample.type().topic().owner(),
                sample.type().wireName(),
                "https://example.test" + sample.type().schemaPath(),
                codec.decode(plain(sample)).aggregateId(),
                Instant.parse("2026-11-23T10:15:30.123456Z"),
                7,
                "flow",
                "cause",
                TRACE);
    }

    private static Envelope plain(GoldenSample sample) {
        return new Envelope(
                Map.of(Attributes.TYPE, sample.type().wireName()), sample.json().getBytes(UTF_8));
    }

    private static CloudEvent cloudEvent(GoldenSample sample, EventMetadata metadata) {
        return CloudEventBuilder.v1()
                .withId(metadata.id().toString())
                .withSource(URI.create(metadata.source()))
                .withType(metadata.type())
                .withDataSchema(URI.create(metadata.dataSchema()))
                .withSubject(metadata.subject())
                .withTime(metadata.time().atOffset(ZoneOffset.UTC))
                .withExtension("aggregateversion", metadata.aggregateVersion())
                .withExtension("correlationid", "flow")
                .withExtension("causationid", "cause")
                .withExtension("traceparent", TRACE)
                .withData("application/json", sample.json().getBytes(UTF_8))
                .build();
    }

    /// Through a topic of one partition, and so in their order.
    private static List<Delivery> deliver(
            Encoding encoding, List<GoldenSample> samples, List<EventMetadata> metadata)
            throws Exception {
        try (var probe = KafkaProbe.ofTestServers();
                var serializer = new CloudEventSerializer()) {
            serializer.configure(
                    Map.of(
                            CloudEventSerializer.ENCODING_CONFIG,
                            encoding,
                            CloudEventSerializer.EVENT_FORMAT_CONFIG,
                            JsonFormat.CONTENT_TYPE),
                    false);
            String topic = "sdk-" + UUID.randomUUID();
            probe.ensureTopic(topic, 1);
            try (var producer =
                    new KafkaProducer<>(connection(), new StringSerializer(), serializer)) {
                for (int i = 0; i < samples.size(); i++) {
                    var event = cloudEvent(samples.get(i), metadata.get(i));
                    var _ =
                            producer.send(new ProducerRecord<>(topic, event.getSubject(), event))
                                    .get(30, TimeUnit.SECONDS);
                }
            }
            return read(topic, samples.size());
        }
    }

    private static List<Delivery> read(String topic, int count) {
        var read = new ArrayList<Delivery>();
        var partitions = List.of(new TopicPartition(topic, 0));
        try (var consumer =
                new KafkaConsumer<>(
                        connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Eventually.await()
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100))
                                .forEach(record -> read.add(Deliveries.of(record, "cluster")));
                        return read.size() >= count;
                    });
        }
        return read;
    }

    private static Map<String, Object> connection() {
        return Map.of("bootstrap.servers", TestServers.kafkaBootstrapServers());
    }
}
