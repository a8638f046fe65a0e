package io.eventshop.messaging.internal.inbox;

/// What became of a record in a transaction that committed.
enum Fate {
    HANDLED("handled"),
    DUPLICATE("duplicates"),
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
