package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.codec.EventCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.IdGenerator;

/// Gives events what they have besides their data: id, time, and the flow and trace that they
/// belong to. Their number is still missing; only the database knows it.
///
/// @param application its `spring.application.name`
record Stamp(
        String application,
        MessagingProperties properties,
        EventCatalog catalog,
        EventCodec codec,
        Clock clock,
        IdGenerator ids,
        TraceContext trace) {

    /// Stands for the number until the row is written; the largest, so that a record's size is
    /// never underestimated.
    private static final long NUMBER_UNKNOWN = Long.MAX_VALUE;

    List<OutboxRow> rows(List<? extends Event> events) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Correlation correlation =
                Correlation.current()
                        .orElseGet(() -> new Correlation(ids.generateId().toString(), null));
        String traceparent = trace.traceparent();
        return events.stream().map(event -> row(event, now, correlation, traceparent)).toList();
    }

    private OutboxRow row(
            Event event, Instant now, Correlation correlation, @Nullable String traceparent) {
        var type = catalog.of(event.getClass());
        var metadata =
                new EventMetadata(
                        ids.generateId(),
                        "/" + application,
                        type.wireName(),
                        properties.schemasBaseUrl() + type.schemaPath(),
                        event.aggregateId(),
                        now,
                        NUMBER_UNKNOWN,
                        correlation.correlationId(),
                        correlation.causationId(),
                        traceparent);
        return new OutboxRow(type.topic().name(), metadata, codec.encode(event));
    }
}
