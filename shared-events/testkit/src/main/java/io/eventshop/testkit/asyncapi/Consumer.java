package io.eventshop.testkit.asyncapi;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import java.util.List;
import java.util.Set;

/// What one subscription of a service listens to.
///
/// @param name as in its consumer group
/// @param events that have a handler, each by its newest version
public record Consumer(String name, List<Topic> topics, Set<Class<? extends Event>> events) {

    /// What it reads in this topic, old majors as well: they are upcast.
    List<EventType<?>> reads(Topic topic) {
        var families = events.stream().map(event -> ShopEvents.CATALOG.of(event).family()).toList();
        return Messages.newestMinors(topic, type -> families.contains(type.family()));
    }
}
