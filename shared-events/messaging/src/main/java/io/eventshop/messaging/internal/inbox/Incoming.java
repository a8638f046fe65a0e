package io.eventshop.messaging.internal.inbox;

import io.eventshop.contracts.Event;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.Delivery;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record after the attempt to read it.
///
/// @param id the event's own id, or that of its position where there is none that can be read or
///   believed
/// @param correlationId null where there is none that can be stored
/// @param keyName what its key is called in a log; null where its topic is not known any more
record Incoming(
        UUID id,
        Sequence sequence,
        @Nullable String correlationId,
        @Nullable String keyName,
        Delivery delivery,
        Content content) {

    sealed interface Content {

        /// Meant for a handler, and here it is.
        record Decoded(Event event, EventMetadata metadata) implements Content {}

        /// Meant for a handler, or for nobody knows whom; cannot be read.
        record Unreadable(String reason) implements Content {}

        /// Of a type that this consumer does not handle.
        record Foreign() implements Content {}
    }

    String consumer() {
        return sequence.consumer();
    }
}
