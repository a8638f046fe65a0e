package io.eventshop.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.testkit.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A record in the making: sound at first, then whatever is done to it.
final class WildRecord {

    final UUID id;
    final String topic;
    final Map<String, byte[]> headers = new LinkedHashMap<>();
    byte @Nullable [] key;
    byte @Nullable [] value;

    WildRecord(Fact fact, byte[] json) {
        this.id = fact.id();
        this.topic = ShopEvents.CATALOG.of(fact.event().getClass()).topic().name();
        this.key = fact.event().aggregateId().getBytes(UTF_8);
        this.value = json;
        headers.put("content-type", "application/json".getBytes(UTF_8));
        fact.attributes().forEach((name, text) -> set("ce_" + name, text));
    }

    void set(String header, String text) {
        headers.put(header, text.getBytes(UTF_8));
    }

    String text(String header) {
        return new String(headers.getOrDefault(header, new byte[0]), UTF_8);
    }

    /// @param partition null for that of the key
    ProducerRecord<byte[], byte[]> toKafka(@Nullable Integer partition) {
        var record = new ProducerRecord<byte[], byte[]>(topic, partition, key, value);
        headers.forEach((name, bytes) -> record.headers().add(name, bytes));
        return record;
    }
}
