package io.eventshop.messaging;

import io.eventshop.contracts.Event;
import java.util.List;

/// Where a service puts its events: a table in the same database, written in the same transaction
/// as the aggregate (the transactional outbox of Chris Richardson's *Microservices Patterns*). What
/// commits is published, at least once and in the aggregate's order; what rolls back is not.
///
/// A crash before the commit leaves nothing; a crash after it leaves the row, which this or any
/// other instance of the service publishes. The broker may be down: appending does not notice.
public interface Outbox {

    /// Appends the events that one aggregate returned, in order, to the running transaction.
    ///
    /// The aggregate's root row must have been written and flushed in this transaction, with its
    /// count of events already including these. The lock on that row is what makes the outbox's
    /// order the aggregate's order: who writes later, appends later. A write inside a savepoint
    /// does not count.
    ///
    /// @return what was added to each event, in the same order
    /// @throws IllegalStateException outside a transaction, or if the root row was not written in
    ///   it
    /// @throws IllegalArgumentException if an event is larger than the limit, or the events are of
    ///   several aggregates
    List<EventMetadata> append(List<? extends Event> events);

    /// As [#append(List)], for one event.
    default EventMetadata append(Event event) {
        return append(List.of(event)).getFirst();
    }
}
