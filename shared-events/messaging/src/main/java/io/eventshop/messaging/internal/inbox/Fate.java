package io.eventshop.messaging.internal.inbox;

/// What became of a record in a transaction that committed.
enum Fate {
    HANDLED("handled"),
    DUPLICATE("duplicates"),
    /// A duplicate by its id, that lies where the event of this id cannot lie.
    CONFLICTING("conflicting"),
    IGNORED("ignored"),
    DEAD("dead"),
    PARKED("parked"),
    WAITING("waiting");

    /// The last part of its counter's name.
    final String meter;

    Fate(String meter) {
        this.meter = meter;
    }
}
