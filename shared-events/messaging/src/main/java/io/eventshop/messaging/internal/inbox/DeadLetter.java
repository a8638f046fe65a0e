package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// An event that a consumer has not applied, with the record as it arrived: a row of its table.
///
/// @param seq by which letters are listed and replayed
/// @param recordKey the key of its [Sequence]
/// @param attributes as JSON
/// @param attempts how often it was tried alone; 0 while it only waits
/// @param settledBy who replayed or discarded it; null while it is open
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeadLetter(
        long seq,
        String consumer,
        UUID eventId,
        String topic,
        String knownOrigin,
        String knownLane,
        String knownAt,
        byte[] recordKey,
        String attributes,
        byte @Nullable [] payload,
        Instant publishedAt,
        Status status,
        String reason,
        String fingerprint,
        int attempts,
        Instant firstFailedAt,
        Instant lastFailedAt,
        @Nullable Instant settledAt,
        @Nullable String settledBy,
        @Nullable String settledReason) {

    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

    /// What a list shows of a letter: neither data nor headers, which may be large.
    ///
    /// @param type null if the event names none, or none that is short and plain
    record Summary(
            long seq,
            String consumer,
            UUID eventId,
            String topic,
            String knownOrigin,
            String knownLane,
            String knownAt,
            byte[] recordKey,
            @Nullable String type,
            Status status,
            String reason,
            String fingerprint,
            int attempts,
            Instant firstFailedAt,
            Instant lastFailedAt) {

        Position position() {
            return new Position(knownOrigin, topic, knownLane, knownAt);
        }
    }

    enum Status {
        /// Tried, and failed.
        DEAD,
        /// Not tried: an earlier event of its key is dead or waits.
        PARKED,
        /// Tried, and somebody held a lock that it needs. The oldest open letter of its key; the
        /// service tries it again until it succeeds.
        WAITING,
        /// Applied later, by someone's order.
        REPLAYED,
        /// Never to be applied, by someone's order.
        DISCARDED
    }

    Sequence sequence() {
        return new Sequence(consumer, topic, recordKey);
    }

    Summary summary() {
        return new Summary(
                seq,
                consumer,
                eventId,
                topic,
                knownOrigin,
                knownLane,
                knownAt,
                recordKey,
                delivery().attributes().get("type"),
                status,
                reason,
                fingerprint,
                attempts,
                firstFailedAt,
                lastFailedAt);
    }

    Delivery delivery() {
        return new Delivery(
                JsonMapper.shared().readValue(attributes, ATTRIBUTES),
                recordKey,
                payload,
                new Position(knownOrigin, topic, knownLane, knownAt),
                publishedAt);
    }
}
