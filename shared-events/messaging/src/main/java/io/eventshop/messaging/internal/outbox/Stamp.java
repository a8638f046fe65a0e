package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.Topic;
import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.util.IdGenerator;

/// Gives events what they have besides their data: id, time, and the flow and trace that they
/// belong to.
public record Stamp(
        MessagingProperties properties,
        EventCatalog catalog,
        EventCodec codec,
        Clock clock,
        IdGenerator ids,
        TraceContext trace) {

    private static final Logger log = LoggerFactory.getLogger(Stamp.class);

    /// They are told in the log, under the names of what caused them, once they are committed.
    ///
    /// @param flow that they belong to; the trace is the running span's
    /// @throws IllegalStateException without a transaction
    /// @throws IllegalArgumentException if one is larger than the limit
    public List<StampedEvent> on(List<NumberedEvent> events, Correlation flow) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return events.stream().map(event -> on(event.event(), event.number(), now, flow)).toList();
    }

    private StampedEvent on(Event event, long number, Instant now, Correlation flow) {
        var type = catalog.of(event.getClass());
        var metadata =
                new EventMetadata(
                        ids.generateId(),
                        type.topic().source(),
                        type.wireName(),
                        properties.schemasBaseUrl() + type.schemaPath(),
                        event.aggregateId(),
                        now,
                        number,
                        flow.correlationId(),
                        flow.causationId(),
                        trace.traceparent());
        var row = new OutboxRow(type.topic().name(), metadata, codec.encode(event));
        int size = row.toRecord().size();
        if (size > OutgoingRecord.SIZE_MAX) {
            throw new IllegalArgumentException(
                    "%s of %s has %,d bytes; the limit is %,d"
                            .formatted(
                                    type.wireName(),
                                    event.aggregateId(),
                                    size,
                                    OutgoingRecord.SIZE_MAX));
        }
        AfterCommit.run(() -> tell(event, type.topic(), metadata));
        return new StampedEvent(event, type.topic(), row, size);
    }

    private static void tell(Event event, Topic topic, EventMetadata metadata) {
        try (var _ = MDC.putCloseable(topic.keyName(), metadata.subject())) {
            log.info(
                    "{} {} says {}, event {}",
                    topic.aggregateType(),
                    metadata.subject(),
                    event.getClass().getSimpleName(),
                    metadata.id());
        }
    }
}
