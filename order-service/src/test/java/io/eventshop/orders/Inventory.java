package io.eventshop.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.Sku;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.codec.EventCodec;
import io.eventshop.testkit.KafkaProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;

/// Stands in for inventory-service on the wire: says what a test lets it say.
public class Inventory implements AutoCloseable {

    private final KafkaProbe kafka;
    private final EventCodec codec = new EventCodec();

    Inventory(KafkaConnectionDetails connection) {
        this.kafka = new KafkaProbe(String.join(",", connection.getBootstrapServers()));
    }

    public static StockReserved reserved(UUID orderId) {
        return new StockReserved(
                orderId, List.of(new StockReserved.Line(new Sku("KEYBOARD-1"), 1)));
    }

    public static StockRejected rejected(UUID orderId) {
        return new StockRejected(
                orderId, List.of(new StockRejected.Shortage(new Sku("KEYBOARD-1"), 1, 0)));
    }

    public static StockReleased released(UUID orderId) {
        return new StockReleased(
                orderId, List.of(new StockReleased.Line(new Sku("KEYBOARD-1"), 1)));
    }

    /// What the outbox of inventory would have added to the event.
    public static EventMetadata metadata(Event event, long version) {
        var type = EventCatalog.of(event.getClass());
        var id = UUID.randomUUID();
        return new EventMetadata(
                id,
                "/inventory-service",
                type.wireName(),
                "http://localhost:8082" + type.schemaPath(),
                event.aggregateId(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                version,
                id.toString(),
                null,
                null);
    }

    /// Publishes the event as the first or later one of its aggregate.
    public EventMetadata publishes(Event event, long version) {
        var metadata = metadata(event, version);
        publishes(event, metadata);
        return metadata;
    }

    public void says(Event event) {
        var _ = publishes(event, 1);
    }

    /// Publishes the event again, or in any other way that a test wants.
    public void publishes(Event event, EventMetadata metadata) {
        Topic topic = EventCatalog.of(event.getClass()).topic();
        kafka.ensureTopic(topic.name(), Topic.PARTITIONS);
        kafka.publish(
                topic.name(),
                event.aggregateId(),
                Map.ofEntries(
                        Map.entry("specversion", "1.0"),
                        Map.entry("id", metadata.id().toString()),
                        Map.entry("source", metadata.source()),
                        Map.entry("type", metadata.type()),
                        Map.entry("dataschema", metadata.dataSchema()),
                        Map.entry("subject", metadata.subject()),
                        Map.entry("partitionkey", metadata.subject()),
                        Map.entry("time", metadata.time().toString()),
                        Map.entry("aggregateversion", Long.toString(metadata.aggregateVersion())),
                        Map.entry("correlationid", metadata.correlationId())),
                codec.encode(event));
    }

    /// The events of an order as they lie in its topic, by their records' names.
    public List<String> hears(UUID orderId) {
        return kafka.records("orders.events", orderId.toString()).stream()
                .map(record -> EventCatalog.byWireName(record.type()).orElseThrow())
                .map(type -> type.payload().getSimpleName())
                .toList();
    }

    public void soonHears(UUID orderId, String... events) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(hears(orderId)).containsExactly(events));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
