package io.eventshop.contracts;

/// A fact that has happened, in the past tense. The record is both the domain event and the JSON
/// that goes on the wire.
///
/// Events carry no id, time or version of their own: those are attributes, added by the outbox when
/// the event is appended, and they stay the same on every retry and replay.
public interface Event {

    /// The id of the aggregate that the event is about. It is the Kafka key: events of one
    /// aggregate keep their order.
    String aggregateId();
}
