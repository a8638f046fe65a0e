package io.eventshop.testkit;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.annotation.CanIgnoreReturnValue;

/// Tells what a service does as a story: the events that others published, what happens, and what
/// the service publishes and has become.
///
/// ```java
/// scenario.given(itemListed)
///         .until(() -> assertThat(items.find(sku)).isPresent());
/// orders.place(order);
/// scenario.then(() -> assertThat(scenario.eventsAbout(ORDERS, orderId)).containsExactly(placed))
///         .when(new StockReserved(orderId, lines))
///         .then(() -> assertThat(orders.statusOf(orderId)).isEqualTo(CONFIRMED));
/// ```
///
/// Events go through the real broker in both directions. Each step that looks waits until what it
/// looks for is there, up to [Eventually#LIMIT].
///
/// Both codecs come from outside because this kit must not know `messaging`, which tests itself
/// with it.
///
/// @param encoder an event to JSON
/// @param decoder CloudEvents attributes without a prefix, and JSON, to an event
@CanIgnoreReturnValue
public record Scenario(
        KafkaProbe probe,
        Function<Event, byte[]> encoder,
        BiFunction<Map<String, String>, byte[], Event> decoder) {

    /// Makes the topics that the services' owners would have made.
    public Scenario {
        for (Topic topic : ShopEvents.CATALOG.topics()) {
            probe.ensureTopic(topic.name(), Topic.PARTITIONS);
        }
    }

    /// Publishes events of other services, in this order, each the first of its aggregate.
    public Scenario given(Event... events) {
        Arrays.stream(events).map(Fact::of).forEach(this::publish);
        return this;
    }

    /// Publishes events of other services, in this order.
    public Scenario given(Fact... facts) {
        Arrays.stream(facts).forEach(this::publish);
        return this;
    }

    /// Waits for what was given to have arrived.
    public Scenario until(Eventually.Assertions assertions) {
        Eventually.eventually(assertions);
        return this;
    }

    public Scenario when(Event... events) {
        return given(events);
    }

    public Scenario when(Fact... facts) {
        return given(facts);
    }

    /// The service publishes this, or the state becomes this.
    public Scenario then(Eventually.Assertions assertions) {
        return until(assertions);
    }

    /// All events that were ever published about an aggregate, in their order, upcast to the newest
    /// version.
    public List<Event> eventsAbout(Topic topic, String aggregateId) {
        return probe.records(topic.name(), aggregateId).stream()
                .map(record -> decoder.apply(record.attributes(), record.bytes()))
                .toList();
    }

    private void publish(Fact fact) {
        var topic = ShopEvents.CATALOG.of(fact.event().getClass()).topic();
        probe.publish(
                topic.name(),
                fact.event().aggregateId(),
                fact.attributes(),
                encoder.apply(fact.event()));
    }
}
