package io.eventshop.messaging.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.internal.outbox.TestKafka;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Consumption;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.GoldenSample;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// We read what the CloudEvents SDK writes, which knows nothing of us.
class CloudEventsSdkWritesTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void every_event_in_every_version_is_read_with_all_its_attributes(Encoding encoding) {
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
                sample.type().topic().source(),
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
            Encoding encoding, List<GoldenSample> samples, List<EventMetadata> metadata) {
        String topic = "sdk-" + UUID.randomUUID();
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic, 1);
            for (int i = 0; i < samples.size(); i++) {
                write(probe, topic, encoding, cloudEvent(samples.get(i), metadata.get(i)));
            }
        }
        return read(topic, samples.size());
    }

    private static void write(KafkaProbe probe, String topic, Encoding encoding, CloudEvent event) {
        var writer = KafkaMessageFactory.<String>createWriter(topic, event.getSubject());
        var record =
                encoding == Encoding.BINARY
                        ? writer.writeBinary(event)
                        : writer.writeStructured(event, JsonFormat.CONTENT_TYPE);
        var headers = new HashMap<String, String>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        probe.publishRaw(topic, record.key(), headers, record.value());
    }

    private static List<Delivery> read(String topic, int count) {
        var read = new CopyOnWriteArrayList<Delivery>();
        var everything =
                new Consumption(
                        "sdk-" + UUID.randomUUID(),
                        List.of(new Topic(topic, "nobody", "order", "orderId", null)),
                        100,
                        Duration.ofMinutes(5));
        var receiver =
                TestKafka.broker(TestServers.kafkaBootstrapServers())
                        .receiver(
                                everything,
                                batch -> {
                                    read.addAll(batch);
                                    return Optional.empty();
                                });
        receiver.start();
        try {
            Eventually.await().until(() -> read.size() >= count);
        } finally {
            receiver.stop();
        }
        return read;
    }
}
