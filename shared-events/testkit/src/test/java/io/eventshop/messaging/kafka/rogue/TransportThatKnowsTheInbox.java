package io.eventshop.messaging.kafka.rogue;

import io.eventshop.messaging.internal.rogue.Machinery;

public record TransportThatKnowsTheInbox(Machinery machinery) {}
