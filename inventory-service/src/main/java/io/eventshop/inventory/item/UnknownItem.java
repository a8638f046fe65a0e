package io.eventshop.inventory.item;

import io.eventshop.contracts.values.Sku;

/// There is no item with this SKU.
public final class UnknownItem extends ItemRefusal {

    UnknownItem(Sku sku) {
        super("there is no item " + sku);
    }
}
