package io.eventshop.proof.shop;

import io.eventshop.launcher.demo.client.OrderRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a customer wants.
///
/// @param key `Idempotency-Key`; null for who does not mind to get it twice
public record Wish(@Nullable String key, OrderRequest order) {

    /// With a key of its own, so that repetitions are one order.
    ///
    /// @param quantities by SKU
    public static Wish of(String customer, String email, Map<String, Integer> quantities) {
        return new Wish(UUID.randomUUID().toString(), OrderRequest.of(customer, email, quantities));
    }

    public Wish withoutKey() {
        return new Wish(null, order);
    }

    /// By SKU.
    public Map<String, Integer> quantities() {
        var quantities = new LinkedHashMap<String, Integer>();
        order.lines().forEach(line -> quantities.put(line.sku(), line.quantity()));
        return quantities;
    }
}
