package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.RawRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/// An event in a service's outbox.
///
/// @param attributes all that its record will have in headers
record Unpublished(
        String id, String topic, String key, Map<String, String> attributes, String text) {

    static final String SELECT =
            """
            select id, topic, aggregate_id, type, source, data_schema, occurred_at,
                   aggregate_version, correlation_id, causation_id, traceparent, payload
              from messaging.outbox
             order by seq
            """;

    static Unpublished of(ResultSet row) throws SQLException {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", row.getString("id"));
        attributes.put("source", row.getString("source"));
        attributes.put("type", row.getString("type"));
        attributes.put("dataschema", row.getString("data_schema"));
        attributes.put("subject", row.getString("aggregate_id"));
        attributes.put("partitionkey", row.getString("aggregate_id"));
        attributes.put(
                "time", row.getObject("occurred_at", OffsetDateTime.class).toInstant().toString());
        attributes.put("aggregateversion", row.getString("aggregate_version"));
        attributes.put("correlationid", row.getString("correlation_id"));
        for (var optional :
                Map.of("causationid", "causation_id", "traceparent", "traceparent").entrySet()) {
            String value = row.getString(optional.getValue());
            if (value != null) {
                attributes.put(optional.getKey(), value);
            }
        }
        return new Unpublished(
                row.getString("id"),
                row.getString("topic"),
                row.getString("aggregate_id"),
                attributes,
                row.getString("payload"));
    }

    /// As the relay would send it.
    RawRecord toRecord() {
        return Event.made(topic, key, attributes, text);
    }

    /// Another event about the same.
    RawRecord toRecord(Map<String, String> changed, String otherText) {
        var all = new LinkedHashMap<>(attributes);
        all.putAll(changed);
        return Event.made(topic, key, all, otherText);
    }
}
