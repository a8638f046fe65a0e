package io.eventshop.inventory.item.web;

import io.eventshop.contracts.values.Money;
import io.eventshop.inventory.item.ItemView;
import io.swagger.v3.oas.annotations.media.Schema;

/// An item as clients see it.
///
/// @param onHand everything that was received; nothing is shipped here
/// @param reserved held for orders
/// @param available what can still be ordered: on hand and not reserved
@Schema(name = "Item")
record ItemResource(
        @Schema(example = "KEYBOARD-1") String sku,
        String name,
        Money unitPrice,
        long onHand,
        long reserved,
        long available,
        long reorderLevel) {

    static ItemResource of(ItemView item) {
        return new ItemResource(
                item.sku().value(),
                item.name(),
                item.unitPrice(),
                item.onHand(),
                item.reserved(),
                item.available(),
                item.reorderLevel());
    }
}
