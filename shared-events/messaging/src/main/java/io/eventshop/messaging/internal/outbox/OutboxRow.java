package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/// An event as it stands in the outbox: everything that goes on the wire is fixed here, so that a
/// retry sends the same record.
///
/// @param payload JSON in UTF-8
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every payload would cost
public record OutboxRow(String topic, EventMetadata metadata, byte[] payload) {

    OutgoingRecord toRecord() {
        return new OutgoingRecord(topic, metadata.subject(), attributes(), payload);
    }

    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put(Attributes.SPEC_VERSION, "1.0");
        attributes.put(Attributes.ID, metadata.id().toString());
        attributes.put(Attributes.SOURCE, metadata.source());
        attributes.put(Attributes.TYPE, metadata.type());
        attributes.put(Attributes.DATA_SCHEMA, metadata.dataSchema());
        attributes.put(Attributes.SUBJECT, metadata.subject());
        attributes.put(Attributes.PARTITION_KEY, metadata.subject());
        attributes.put(Attributes.TIME, metadata.time().toString());
        attributes.put(Attributes.AGGREGATE_VERSION, Long.toString(metadata.aggregateVersion()));
        attributes.put(Attributes.CORRELATION_ID, metadata.correlationId());
        if (metadata.causationId() != null) {
            attributes.put(Attributes.CAUSATION_ID, metadata.causationId());
        }
        if (metadata.traceparent() != null) {
            attributes.put(Attributes.TRACE_PARENT, metadata.traceparent());
        }
        attributes.put(Attributes.CONTENT_TYPE, "application/json");
        return attributes;
    }
}
