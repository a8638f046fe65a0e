package io.eventshop.launcher.demo.commands;

import io.eventshop.launcher.servers.WireRecord;
import java.util.Objects;

/// One record of Kafka on one line of the terminal. Reads the attributes from the headers and
/// leaves the value alone: what cannot be decoded can be shown all the same.
record EventLine(
        long appendedAtMillis,
        String time,
        String position,
        String id,
        String type,
        String key,
        String correlation,
        String causation) {

    static EventLine of(WireRecord event) {
        return new EventLine(
                event.publishedAt().toEpochMilli(),
                event.attribute("time").orElseGet(() -> event.publishedAt().toString()),
                event.position().toString(),
                event.attribute("id").orElse(""),
                event.attribute("type").orElse("-"),
                Objects.requireNonNullElse(event.key(), "-"),
                event.attribute("correlationid").orElse("-"),
                event.attribute("causationid").orElse("-"));
    }

    static String heading() {
        return line("TIME", "TOPIC-PARTITION-OFFSET", "TYPE", "KEY", "CORRELATION", "CAUSATION");
    }

    @Override
    public String toString() {
        return line(time, position, type, key, correlation, causation);
    }

    private static String line(
            String time,
            String position,
            String type,
            String key,
            String correlation,
            String causation) {
        return "%-27s  %-24s  %-44s  %-36s  %-36s  %s"
                .formatted(time, position, type, key, correlation, causation);
    }
}
