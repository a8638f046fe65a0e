package io.eventshop.messaging;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one consumer of a service listens to and does. A service declares one bean for each
/// consumer:
///
/// ```java
/// @Bean
/// Subscription<LockedOrders> orderSagaSubscription(OrderSaga saga) {
///     return Subscription.named("order-saga")
///             .from(Topics.RESERVATIONS)
///             .prepare(saga::prepare)
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
/// @param writing runs after them, see [#prepare]
/// @param <P> the unit of work of one batch: what its events may look at and change
public record Subscription<P>(
        String name,
        List<Topic> topics,
        Function<List<Event>, P> preparation,
        List<Reaction<?, P>> reactions,
        Consumer<P> writing) {

    public Subscription {
        reactions = List.copyOf(reactions);
    }

    /// An event and its handler.
    public record Reaction<E extends Event, P>(Class<E> event, EventHandler<? super E, P> handler) {

        private List<NumberedEvent> on(Event happened, EventMetadata metadata, P prepared) {
            return handler.on(event.cast(happened), metadata, prepared);
        }
    }

    /// A consumer whose unit of work are the events themselves, until [#prepare] says another.
    public static Subscription<List<Event>> named(String name) {
        return new Subscription<>(name, List.of(), events -> events, List.of(), _ -> {});
    }

    public Subscription<P> from(Topic... topics) {
        return new Subscription<>(name, List.of(topics), preparation, reactions, writing);
    }

    /// As [#prepare(Function, Consumer)], where the persistence context writes by itself.
    public <Q> Subscription<Q> prepare(Function<List<Event>, Q> preparation) {
        return prepare(preparation, _ -> {});
    }

    /// To be said before the first handler.
    ///
    /// @param preparation loads and locks, in the inbox's transaction and with all events of the
    ///   batch that are to be handled, whatever they will touch: every row in one order, since two
    ///   batches that lock event by event deadlock. What it returns is the unit of work that every
    ///   handler gets. It contains what earlier handlers of the batch have made; touching what it
    ///   does not contain throws
    /// @param writing writes the unit of work after the handlers, in as few statements as it takes
    /// @throws IllegalStateException behind a handler
    public <Q> Subscription<Q> prepare(Function<List<Event>, Q> preparation, Consumer<Q> writing) {
        if (!reactions.isEmpty()) {
            throw new IllegalStateException(name + " has handlers of another unit of work");
        }
        return new Subscription<>(name, topics, preparation, List.of(), writing);
    }

    /// Handles this event; upcasting has been done, so the class is always the newest version.
    ///
    /// @throws IllegalArgumentException if the event has a handler already
    public <E extends Event> Subscription<P> on(
            Class<E> event, EventHandler<? super E, P> handler) {
        if (events().contains(event)) {
            throw new IllegalArgumentException(
                    name + " handles " + event.getSimpleName() + " already");
        }
        var extended = new ArrayList<>(reactions);
        extended.add(new Reaction<>(event, handler));
        return new Subscription<>(name, topics, preparation, extended, writing);
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
    public List<NumberedEvent> handle(Event event, EventMetadata metadata, P prepared) {
        return reactions.stream()
                .filter(reaction -> reaction.event().equals(event.getClass()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                name + " has no handler for " + event.getClass().getSimpleName()))
                .on(event, metadata, prepared);
    }
}
