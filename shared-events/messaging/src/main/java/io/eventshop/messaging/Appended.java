package io.eventshop.messaging;

import io.eventshop.contracts.Event;

/// An event as it was appended to the outbox.
public record Appended(Event event, EventMetadata metadata) {}
