package io.eventshop.messaging.internal.inbox;

/// What became of a record in a transaction that committed.
enum Fate {
    HANDLED,
    DUPLICATE,
    IGNORED,
    DEAD,
    PARKED
}
