package io.eventshop.launcher.commands;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

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

    static EventLine of(ConsumerRecord<byte[], byte[]> event) {
        return new EventLine(
                event.timestamp(),
                header(event, "ce_time")
                        .orElseGet(() -> Instant.ofEpochMilli(event.timestamp()).toString()),
                "%s-%d-%d".formatted(event.topic(), event.partition(), event.offset()),
                header(event, "ce_id").orElse(""),
                header(event, "ce_type").orElse("-"),
                event.key() == null ? "-" : new String(event.key(), StandardCharsets.UTF_8),
                header(event, "ce_correlationid").orElse("-"),
                header(event, "ce_causationid").orElse("-"));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> event, String name) {
        return Optional.ofNullable(event.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
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
