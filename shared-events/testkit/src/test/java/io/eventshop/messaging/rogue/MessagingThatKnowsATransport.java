package io.eventshop.messaging.rogue;

import io.eventshop.messaging.kafka.rogue.TransportThatKnowsTheInbox;

record MessagingThatKnowsATransport(TransportThatKnowsTheInbox transport) {}
