package io.eventshop.inventory.item;

import io.eventshop.contracts.values.Sku;

/// An item keeps the currency that it was first listed in.
public final class CurrencyFixed extends ItemRefusal {

    CurrencyFixed(Sku sku, String currency) {
        super("item %s is priced in %s, and the currency cannot change".formatted(sku, currency));
    }
}
