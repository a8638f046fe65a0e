package io.eventshop.messaging.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.messaging.EventMetadata;
import java.util.List;

/// Where a service puts its events: a table in the same database, written in the same transaction
/// as the aggregate. What commits is published, at least once and in the aggregate's order; what
/// rolls back is not.
public final class Outbox {

    /// Appends the events that one aggregate returned, in order, to the running transaction.
    ///
    /// The aggregate's root row must have been written and flushed in this transaction.
    ///
    /// @throws IllegalStateException outside a transaction, or if the root row was not written in
    ///   it
    /// @throws IllegalArgumentException if an event is larger than the limit, or the events are of
    ///   several aggregates
    public List<EventMetadata> append(List<? extends Event> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        throw new UnsupportedOperationException("not yet: " + events.size());
    }

    /// As [#append(List)], for one event.
    public EventMetadata append(Event event) {
        return append(List.of(event)).getFirst();
    }
}
