package io.eventshop.messaging;

import io.eventshop.contracts.NumberedEvent;
import java.util.List;

/// Where a service puts its events: a table in the same database, written in the same transaction
/// as the aggregate (the transactional outbox of Chris Richardson's *Microservices Patterns*). What
/// commits is published, at least once and in the aggregate's order; what rolls back is not.
///
/// A crash before the commit leaves nothing; a crash after it leaves the row, which this or any
/// other instance of the service publishes. The broker may be down: appending does not notice.
///
/// For requests and scheduled work. What answers an event is returned by its [EventHandler], and
/// the inbox appends it in the same way.
public interface Outbox {

    /// Flushes what the persistence context has changed and appends these events to the running
    /// transaction: all that happen in it, of whatever aggregates. Nothing touches an aggregate
    /// afterwards.
    ///
    /// Each aggregate's root row must have been written in this transaction, and its count of
    /// events must be the number of its last event here. The lock on that row is what makes the
    /// outbox's order the aggregate's order: who writes later, appends later. What is not proof, is
    /// said in [AggregateTable].
    ///
    /// Whatever is thrown, the transaction can only roll back.
    ///
    /// @param events in order; those of one aggregate with successive numbers
    /// @throws org.springframework.transaction.IllegalTransactionStateException outside a
    ///   transaction
    /// @throws IllegalStateException if a root row was not written, or has counted otherwise, or
    ///   its events were appended in this transaction before, or an event is being handled
    /// @throws IllegalArgumentException if an event is larger than the limit
    /// @throws org.springframework.dao.DataAccessException if the flush failed, in the words of the
    ///   persistence context: a constraint, or a version that is stale
    void append(List<NumberedEvent> events);
}
