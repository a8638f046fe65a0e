package io.eventshop.messaging;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known about an event besides its data: its CloudEvents attributes. Made when the event
/// is appended, stored in the outbox row, and the same on every retry and replay.
///
/// @param id unique for ever (UUIDv7); what consumers recognise a duplicate by
/// @param source the owner of its topic, e.g. `/order-service`
/// @param type the CloudEvents type as it was on the wire, also where the event has been upcast
///   since
/// @param dataSchema the absolute URI of the JSON Schema
/// @param subject the id of the aggregate, which is the key as well
/// @param time when it happened, UTC, in microseconds
/// @param aggregateVersion the number of this event among its aggregate's events, from 1; compare,
///   never demand continuity
/// @param correlationId the same for everything that one request set off
/// @param causationId the id of the event that this one answers; null if a request or a timer set
///   it off
/// @param traceparent the W3C trace context in which it was made
public record EventMetadata(
        UUID id,
        String source,
        String type,
        String dataSchema,
        String subject,
        Instant time,
        long aggregateVersion,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceparent) {}
