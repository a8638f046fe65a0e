package io.eventshop.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/// CloudEvents' other mode: the attributes and the data together are the value.
final class Structured {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Structured() {}

    static void rewrite(WildRecord record) {
        var event = JSON.createObjectNode();
        for (String header : List.copyOf(record.headers.keySet())) {
            if (header.startsWith("ce_")) {
                event.put(header.substring(3), record.text(header));
                record.headers.remove(header);
            }
        }
        byte[] data = record.value == null ? new byte[0] : record.value;
        event.putRawValue("data", new RawValue(new String(data, UTF_8)));
        record.value = event.toString().getBytes(UTF_8);
        record.set("content-type", "application/cloudevents+json; charset=UTF-8");
    }
}
