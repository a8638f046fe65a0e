package io.eventshop.messaging;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What one consumer of a service listens to and does. A service declares one bean for each
/// consumer:
///
/// ```java
/// @Bean
/// Subscription orderSagaSubscription(OrderSaga saga) {
///     return Subscription.named("order-saga")
///             .from(Topics.RESERVATIONS)
///             .on(StockReserved.class, saga::on)
///             .on(StockRejected.class, saga::on);
/// }
/// ```
///
/// The name is stored with every processed event and is part of the consumer group: never change it
/// after a release, or everything is consumed anew. An event type of the topics without a handler
/// is ignored and counted.
///
/// @param preparation runs before the handlers, see [#prepare]
public record Subscription(
        String name,
        List<Topic> topics,
        List<Reaction<?>> reactions,
        Consumer<List<Event>> preparation) {

    public Subscription {
        reactions = List.copyOf(reactions);
    }

    /// An event and its handler.
    public record Reaction<E extends Event>(Class<E> event, EventHandler<? super E> handler) {

        private void handle(Event happened, EventMetadata metadata) {
            handler.on(event.cast(happened), metadata);
        }
    }

    public static Subscription named(String name) {
        return new Subscription(name, List.of(), List.of(), _ -> {});
    }

    public Subscription from(Topic... topics) {
        return new Subscription(name, List.of(topics), reactions, preparation);
    }

    /// Handles this event; upcasting has been done, so the class is always the newest version.
    ///
    /// @throws IllegalArgumentException if the event has a handler already
    public <E extends Event> Subscription on(Class<E> event, EventHandler<? super E> handler) {
        if (events().contains(event)) {
            throw new IllegalArgumentException(
                    name + " handles " + event.getSimpleName() + " already");
        }
        var extended = new ArrayList<>(reactions);
        extended.add(new Reaction<>(event, handler));
        return new Subscription(name, topics, extended, preparation);
    }

    /// Runs before the handlers, in their transaction, with all fresh events of the batch: the
    /// place to lock every row that they will touch in one order. Locking event by event deadlocks
    /// two batches.
    public Subscription prepare(Consumer<List<Event>> preparation) {
        return new Subscription(name, topics, reactions, preparation);
    }

    /// The events that have a handler.
    public Set<Class<? extends Event>> events() {
        return reactions.stream()
                .<Class<? extends Event>>map(Reaction::event)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Calls the event's handler; the inbox does.
    ///
    /// @throws IllegalStateException if the event has no handler
    public void handle(Event event, EventMetadata metadata) {
        reactions.stream()
                .filter(reaction -> reaction.event().equals(event.getClass()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                name + " has no handler for " + event.getClass().getSimpleName()))
                .handle(event, metadata);
    }
}
