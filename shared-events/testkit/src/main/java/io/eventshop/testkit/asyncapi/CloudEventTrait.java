package io.eventshop.testkit.asyncapi;

import java.util.LinkedHashMap;
import java.util.Map;

/// What all messages have in common: CloudEvents 1.0 in binary mode.
final class CloudEventTrait {

    private CloudEventTrait() {}

    static Map<String, Object> trait() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put(
                "content-type", header("The data is JSON in UTF-8", "const", "application/json"));
        headers.put("ce_specversion", header("CloudEvents 1.0", "const", "1.0"));
        headers.put("ce_id", header("Unique, the same on every retry", "format", "uuid"));
        headers.put(
                "ce_source", header("The service that published it", "format", "uri-reference"));
        headers.put("ce_type", header("Name and major version", "pattern", "^org\\.eventshop\\."));
        headers.put("ce_dataschema", header("Where its JSON Schema is served", "format", "uri"));
        headers.put("ce_subject", header("The id of the aggregate", "minLength", 1));
        headers.put("ce_partitionkey", header("The same, and the record's key", "minLength", 1));
        headers.put("ce_time", header("When it happened, UTC", "format", "date-time"));
        headers.put(
                "ce_aggregateversion",
                header(
                        "The number among its aggregate's events, from 1; compare it, but demand no"
                                + " continuity",
                        "pattern",
                        "^[1-9][0-9]*$"));
        headers.put(
                "ce_correlationid",
                header("The same for all that one request set off", "minLength", 1));
        headers.put(
                "ce_causationid",
                header("The id of the event that this one answers", "minLength", 1));
        headers.put(
                "ce_traceparent", header("W3C trace context in which it was made", "minLength", 1));
        headers.put("traceparent", header("The same, for the transport", "minLength", 1));

        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", headers);
        schema.put(
                "required",
                headers.keySet().stream()
                        .filter(name ->
                                !name.endsWith("causationid") && !name.endsWith("traceparent"))
                        .toList());
        var trait = new LinkedHashMap<String, Object>();
        trait.put("contentType", "application/json");
        trait.put("headers", schema);
        trait.put("bindings", Map.of("kafka", key()));
        return trait;
    }

    private static Map<String, Object> key() {
        var key = new LinkedHashMap<String, Object>();
        key.put("key", header("The id of the aggregate", "minLength", 1));
        key.put("bindingVersion", "0.5.0");
        return key;
    }

    private static Map<String, Object> header(String description, String limit, Object value) {
        var header = new LinkedHashMap<String, Object>();
        header.put("type", "string");
        header.put("description", description);
        header.put(limit, value);
        return header;
    }
}
