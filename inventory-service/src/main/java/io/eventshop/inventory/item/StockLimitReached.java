package io.eventshop.inventory.item;

import io.eventshop.contracts.values.Sku;

/// More of one item would be on hand than inventory can count.
public final class StockLimitReached extends ItemRefusal {

    StockLimitReached(Sku sku, long limit) {
        super("of item %s at most %d can be on hand".formatted(sku, limit));
    }
}
