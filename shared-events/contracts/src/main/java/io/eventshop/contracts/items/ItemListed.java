package io.eventshop.contracts.items;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;

/// An item is on sale under this name at this price: its full current state, so that the newest one
/// per SKU is all that a copy needs.
public record ItemListed(Sku sku, String name, Money unitPrice) implements Event {

    @Override
    public String aggregateId() {
        return sku.value();
    }
}
