package io.eventshop.inventory.item;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;

/// An item as it was read.
///
/// @param available what can still be reserved
/// @param version of the row, for `ETag` and `If-Match`
public record ItemView(
        Sku sku,
        String name,
        Money unitPrice,
        long onHand,
        long reserved,
        long available,
        long reorderLevel,
        long version) {}
