package io.eventshop.messaging.transport.rogue;

import org.apache.kafka.clients.consumer.Consumer;

record SeamThatKnowsABroker(Consumer<?, ?> consumer) {}
