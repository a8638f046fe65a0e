package io.eventshop.messaging;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import java.util.List;

/// Reacts to one event inside the inbox's transaction: effects, new events and the processed mark
/// commit together or not at all. Called again after a crash or a rollback; never for an event that
/// was already applied. Throwing dead-letters the event, unless the cause is the infrastructure's,
/// which is retried for ever.
///
/// It decides on what was prepared and issues no SQL: what earlier events of the batch have changed
/// is not in the database yet.
///
/// @param <P> the unit of work, see [Subscription#prepare]
@FunctionalInterface
public interface EventHandler<E extends Event, P> {

    /// @return the events that answer this one, as their aggregates have counted them; the inbox
    ///   appends them
    List<NumberedEvent> on(E event, EventMetadata metadata, P prepared);
}
