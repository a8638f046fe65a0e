package io.eventshop.orders;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.internal.codec.Envelope;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.testkit.Fact;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Scenario;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;

/// Stands in for inventory-service on the wire: says what a test lets it say.
public class Inventory implements AutoCloseable {

    private final KafkaProbe kafka;
    private final Scenario scenario;

    Inventory(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        var codec = new EventCodec(ShopEvents.CATALOG);
        this.kafka = new KafkaProbe(bootstrapServers);
        this.scenario =
                new Scenario(
                        kafka,
                        codec::encode,
                        (attributes, json) -> codec.decode(new Envelope(attributes, json)));
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

    /// What the inbox would tell of the fact.
    public static EventMetadata metadata(Fact fact) {
        var type = ShopEvents.CATALOG.of(fact.event().getClass());
        return new EventMetadata(
                fact.id(),
                type.topic().source(),
                type.wireName(),
                "http://localhost" + type.schemaPath(),
                fact.event().aggregateId(),
                fact.time(),
                fact.version(),
                Fact.CORRELATION_ID,
                null,
                null);
    }

    /// Publishes the event as the first of its aggregate.
    public void says(Event event) {
        says(Fact.of(event));
    }

    /// Publishes the fact; the same one once more is a duplicate.
    public void says(Fact fact) {
        scenario.given(fact);
    }

    /// The events of an order as they lie in its topic, by their records' names.
    public List<String> hears(UUID orderId) {
        return told(orderId).stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /// The events themselves.
    public List<? extends Event> told(UUID orderId) {
        return scenario.eventsAbout(Topics.ORDERS, orderId.toString());
    }

    public void soonHears(UUID orderId, String... events) {
        eventually(() -> assertThat(hears(orderId)).containsExactly(events));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
