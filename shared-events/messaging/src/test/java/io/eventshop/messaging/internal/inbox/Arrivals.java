package io.eventshop.messaging.internal.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    private long offset;

    /// From now on they come from a broker that was set up anew.
    void fromAnotherCluster() {
        cluster = "another";
        offset = 0;
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
        var attributes = attributes();
        change.accept(attributes);
        return new Delivery(
                attributes,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new Position(cluster, Topics.ORDERS.name(), "0", Long.toString(offset++)),
                Instant.now());
    }

    static Map<String, String> attributes() {
        return new HashMap<>(
                Map.of(
                        "specversion", "1.0",
                        "id", UUID.randomUUID().toString(),
                        "source", "/order-service",
                        "type", CONFIRMED,
                        "subject", "s",
                        "time", Instant.now().toString(),
                        "aggregateversion", "2",
                        "correlationid", "c-1",
                        "content-type", "application/json"));
    }

    static UUID id(Delivery delivery) {
        return UUID.fromString(delivery.attributes().get("id"));
    }
}
