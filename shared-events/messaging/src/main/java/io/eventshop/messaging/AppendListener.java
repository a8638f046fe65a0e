package io.eventshop.messaging;

import java.util.List;

/// Keeps what was appended, e.g. as a history. Every bean of this type is called, whether a request
/// or an event made the aggregate change.
@FunctionalInterface
public interface AppendListener {

    /// Called in the transaction, once for all events of a call, after they were written. What is
    /// for others to see, and for the commit to decide, goes into [AfterCommit].
    ///
    /// @param events in the order in which they were appended, at least one, of whatever aggregates
    void appended(List<Appended> events);
}
