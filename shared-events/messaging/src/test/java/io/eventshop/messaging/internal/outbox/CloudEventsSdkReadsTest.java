package io.eventshop.messaging.internal.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.testkit.Eventually;
import io.eventshop.testkit.GoldenSample;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// The CloudEvents SDK knows nothing of us and reads what the relay has put into a topic.
class CloudEventsSdkReadsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);
    private final TestShop shop = TestShop.open();
    private final Map<String, AggregateTable> tables =
            Stream.of(
                            TestShop.ORDERS,
                            shop.table("reservation", "uuid"),
                            shop.table("item", "text"))
                    .collect(toMap(AggregateTable::aggregateType, table -> table));
    private final List<Appended> appended = new ArrayList<>();
    private final OutboxTable outbox =
            TestOutbox.on(
                    shop.requests,
                    TestShop.stamp(Clock.systemUTC()),
                    List.copyOf(tables.values()),
                    List.of(appended::addAll),
                    _ -> {});

    private record Sent(GoldenSample sample, EventMetadata metadata) {}

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void every_event_in_every_version_is_read_with_all_its_attributes() throws Exception {
        var sent = new ArrayList<Sent>();
        for (GoldenSample sample : GoldenSample.all().toList()) {
            sent.add(new Sent(sample, append(sample)));
        }
        int _ = shop.jdbc.sql("update messaging.outbox set traceparent = ?").param(TRACE).update();

        var _ = shop.startRelay();

        var read = read(sent.size());
        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(read)
                                .filteredOn(record ->
                                        record.value()
                                                .getId()
                                                .equals(one.metadata().id().toString()))
                                .singleElement()
                                .satisfies(record -> assertThatSame(one, record)));
    }

    private static void assertThatSame(Sent sent, ConsumerRecord<String, CloudEvent> record) {
        var metadata = sent.metadata();
        var type = sent.sample().type();
        CloudEvent event = record.value();

        assertThat(record.key()).isEqualTo(metadata.subject());
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getType()).isEqualTo(type.wireName());
        assertThat(event.getSource()).hasToString(type.topic().source());
        assertThat(event.getSubject()).isEqualTo(metadata.subject());
        assertThat(event.getTime()).isEqualTo(metadata.time().atOffset(ZoneOffset.UTC));
        assertThat(event.getDataSchema()).hasToString("http://localhost:8081" + type.schemaPath());
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtensionNames())
                .containsExactlyInAnyOrder(
                        "partitionkey",
                        "aggregateversion",
                        "correlationid",
                        "causationid",
                        "traceparent");
        assertThat(event.getExtension("partitionkey")).isEqualTo(record.key());
        assertThat(event.getExtension("aggregateversion"))
                .isEqualTo(Long.toString(metadata.aggregateVersion()));
        assertThat(event.getExtension("correlationid")).isEqualTo("flow");
        assertThat(event.getExtension("causationid")).isEqualTo("cause");
        assertThat(event.getExtension("traceparent")).isEqualTo(TRACE);
        assertThat(JSON.readTree(Objects.requireNonNull(event.getData()).toBytes()))
                .isEqualTo(JSON.readTree(sent.sample().json()));
    }

    /// As its service does; a version that is written no more is put back to what it was.
    private EventMetadata append(GoldenSample sample) {
        Event event = codec.decode(envelope(sample));
        EventMetadata metadata =
                shop.transaction.execute(_ -> {
                    var counted = List.of(counted(sample.type(), event));
                    outbox.write(outbox.stamp().on(counted, new Correlation("flow", "cause")));
                    return appended.getLast().metadata();
                });
        if (!sample.type().payload().isInstance(event)) {
            int _ =
                    shop.jdbc
                            .sql(
                                    """
                                    update messaging.outbox
                                    set type = ?, data_schema = ?, payload = ?::json
                                    where id = ?
                                    """)
                            .params(
                                    sample.type().wireName(),
                                    "http://localhost:8081" + sample.type().schemaPath(),
                                    sample.json(),
                                    metadata.id())
                            .update();
        }
        return metadata;
    }

    private static Envelope envelope(GoldenSample sample) {
        return new Envelope(
                Map.of(Attributes.TYPE, sample.type().wireName()), sample.json().getBytes(UTF_8));
    }

    private NumberedEvent counted(EventType<?> type, Event event) {
        var table = Objects.requireNonNull(tables.get(type.topic().aggregateType()));
        return new NumberedEvent(event, shop.countEvent(table, event.aggregateId()));
    }

    private List<ConsumerRecord<String, CloudEvent>> read(int count) {
        var read = new ArrayList<ConsumerRecord<String, CloudEvent>>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", shop.bootstrapServers),
                        new StringDeserializer(),
                        new CloudEventDeserializer())) {
            var partitions =
                    consumer.partitionsFor(shop.topic).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Eventually.await()
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                        return read.size() >= count;
                    });
        }
        return read;
    }
}
