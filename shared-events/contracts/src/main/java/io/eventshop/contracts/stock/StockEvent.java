package io.eventshop.contracts.stock;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.values.Sku;

/// What can happen to the quantity of an item.
public sealed interface StockEvent extends Event permits StockReceived, StockLow {

    Sku sku();

    @Override
    default String aggregateId() {
        return sku().value();
    }
}
