package io.eventshop.messaging.transport;

/// What became of a record that was sent.
public sealed interface Outcome {

    /// The broker has it, on all in-sync replicas.
    record Acked() implements Outcome {}

    /// The broker, or the client on its behalf, will not take this record. Only a record that is
    /// refused when sent alone is to blame itself: neighbours in its batch are refused with it.
    record Refused(String reason) implements Outcome {}

    /// No answer, or the record was not sent because of what happened before it. It may or may not
    /// have been written.
    record Unknown(String reason) implements Outcome {}
}
