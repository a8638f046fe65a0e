package io.eventshop.inventory.item;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;

/// An item as others see it.
///
/// @param onHand everything that was received; nothing is shipped here
/// @param reserved held for orders
/// @param available what can still be ordered: on hand and not reserved
/// @param version counts the changes of the item; the ETag uses it
public record ItemView(
        Sku sku,
        String name,
        Money unitPrice,
        long onHand,
        long reserved,
        long available,
        long reorderLevel,
        long version) {}
