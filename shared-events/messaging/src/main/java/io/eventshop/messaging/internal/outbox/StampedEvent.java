package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Topic;
import io.eventshop.messaging.Appended;

/// An event with all that it will ever have. Made by [Stamp], inside the flow of what caused it;
/// what happens to its aggregate later changes nothing of it.
///
/// @param size of its record, in bytes
public record StampedEvent(Event event, Topic topic, OutboxRow row, int size) {

    /// Whose number it has: several topics may share an aggregate. E.g. `item MOUSE-1`.
    String aggregate() {
        return topic.aggregateType() + " " + event.aggregateId();
    }

    long number() {
        return row.metadata().aggregateVersion();
    }

    Appended appended() {
        return new Appended(event, row.metadata());
    }
}
