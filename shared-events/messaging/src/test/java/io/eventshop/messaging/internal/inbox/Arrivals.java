package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Records as they arrive from one partition, each at the next offset.
final class Arrivals {

    static final String CONFIRMED = "org.eventshop.orders.order-confirmed.v1";

    private String cluster = "cluster";
    private String topic = Topics.ORDERS.name();
    private String lane = "0";
    private long offset;

    /// From now on they come from a broker that was set up anew.
    void fromAnotherCluster() {
        cluster = "another";
        offset = 0;
    }

    /// From now on they come from here.
    void from(Topic otherTopic, String otherLane) {
        topic = otherTopic.name();
        lane = otherLane;
    }

    /// A sound `OrderConfirmed` of this order.
    Delivery of(UUID orderId) {
        return with(orderId, attributes -> {});
    }

    Delivery with(UUID orderId, Consumer<Map<String, String>> change) {
        return raw(orderId.toString(), change, "{\"orderId\":\"%s\"}".formatted(orderId));
    }

    Delivery raw(
            @Nullable String key, Consumer<Map<String, String>> change, @Nullable String value) {
        var attributes = attributes(key);
        change.accept(attributes);
        return new Delivery(
                attributes,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new Position(cluster, topic, lane, Long.toString(offset++)),
                Instant.now());
    }

    static Map<String, String> attributes(@Nullable String subject) {
        return new HashMap<>(
                Map.of(
                        "specversion", "1.0",
                        "id", UUID.randomUUID().toString(),
                        "source", "/order-service",
                        "type", CONFIRMED,
                        "subject", subject == null ? "nobody" : subject,
                        "time", Instant.now().toString(),
                        "aggregateversion", "2",
                        "correlationid", "c-1",
                        "content-type", "application/json"));
    }

    static UUID id(Delivery delivery) {
        return UUID.fromString(delivery.attributes().get("id"));
    }
}
