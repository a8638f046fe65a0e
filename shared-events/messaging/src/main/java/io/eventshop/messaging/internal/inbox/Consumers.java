package io.eventshop.messaging.internal.inbox;

import static java.util.stream.Collectors.toMap;

import io.eventshop.messaging.Subscription;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/// The subscriptions of this service by their names; a service that only publishes has none.
record Consumers(Map<String, Subscription<?>> byName) {

    /// @throws IllegalStateException if two have the same name
    @Autowired
    Consumers(ObjectProvider<Subscription<?>> subscriptions) {
        this(subscriptions.stream().collect(toMap(Subscription::name, it -> it)));
    }
}
