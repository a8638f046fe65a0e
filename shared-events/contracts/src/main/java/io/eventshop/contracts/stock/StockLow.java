package io.eventshop.contracts.stock;

import io.eventshop.contracts.values.Sku;

/// A reservation took the available quantity of an item down across its reorder level.
public record StockLow(Sku sku, long available, long reorderLevel) implements StockEvent {}
