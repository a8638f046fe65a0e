package io.eventshop.messaging;

import io.eventshop.contracts.Event;

/// Applies one event inside the inbox's transaction: effects, new events and the processed mark
/// commit together or not at all. Called again after a crash or a rollback; never for an event that
/// was already applied. Throwing dead-letters the event, unless the cause is the infrastructure's,
/// which is retried for ever.
@FunctionalInterface
public interface EventHandler<E extends Event> {

    void on(E event, EventMetadata metadata);
}
