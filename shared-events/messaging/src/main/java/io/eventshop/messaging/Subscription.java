package io.eventshop.messaging;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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
public final class Subscription {

    private final String name;
    private final List<Topic> topics;
    private final Map<Class<? extends Event>, EventHandler<?>> handlers;
    private final Consumer<List<Event>> preparation;

    private Subscription(
            String name,
            List<Topic> topics,
            Map<Class<? extends Event>, EventHandler<?>> handlers,
            Consumer<List<Event>> preparation) {
        this.name = name;
        this.topics = topics;
        this.handlers = handlers;
        this.preparation = preparation;
    }

    public static Subscription named(String name) {
        return new Subscription(name, List.of(), Map.of(), events -> {});
    }

    public Subscription from(Topic... topics) {
        return new Subscription(name, List.of(topics), handlers, preparation);
    }

    /// Handles this event; upcasting has been done, so the class is always the newest version.
    ///
    /// @throws IllegalArgumentException if the event has a handler already
    public <E extends Event> Subscription on(Class<E> event, EventHandler<? super E> handler) {
        if (handlers.containsKey(event)) {
            throw new IllegalArgumentException(
                    name + " handles " + event.getSimpleName() + " already");
        }
        var extended = new LinkedHashMap<>(handlers);
        extended.put(event, handler);
        return new Subscription(name, topics, extended, preparation);
    }

    /// Runs before the handlers, in their transaction, with all fresh events of the batch: the
    /// place to lock every row that they will touch in one order. Locking event by event deadlocks
    /// two batches.
    public Subscription prepare(Consumer<List<Event>> preparation) {
        return new Subscription(name, topics, handlers, preparation);
    }

    public String name() {
        return name;
    }

    public List<Topic> topics() {
        return topics;
    }

    /// The events that have a handler.
    public Set<Class<? extends Event>> events() {
        return Collections.unmodifiableSet(handlers.keySet());
    }

    /// Calls the event's handler; the inbox does.
    ///
    /// @throws IllegalStateException if the event has no handler
    public void handle(Event event, EventMetadata metadata) {
        // Safe: `on` is the only way in, and it pairs a class with a handler for it.
        @SuppressWarnings("unchecked")
        var handler = (EventHandler<Event>) handlers.get(event.getClass());
        if (handler == null) {
            throw new IllegalStateException(
                    name + " has no handler for " + event.getClass().getSimpleName());
        }
        handler.on(event, metadata);
    }

    /// Runs what was given to [#prepare]; the inbox does, before it calls [#handle].
    public void runPreparation(List<Event> events) {
        preparation.accept(events);
    }
}
