package io.eventshop.orders.order;

import io.eventshop.contracts.values.Sku;
import java.util.List;

/// An order that was asked for properly and cannot be taken all the same.
public final class RefusedOrder extends RuntimeException {

    public enum Why {
        /// Not on sale, or listed so recently that it is not known here yet.
        UNKNOWN_SKU,
        MIXED_CURRENCIES,
        TOTAL_TOO_LARGE
    }

    private final Why why;
    private final transient List<Sku> skus;

    RefusedOrder(Why why, List<Sku> skus) {
        super(why + ": " + skus);
        this.why = why;
        this.skus = List.copyOf(skus);
    }

    public Why why() {
        return why;
    }

    /// The items that the refusal is about.
    public List<Sku> skus() {
        return skus;
    }
}
