package io.eventshop.contracts.stock;

import io.eventshop.contracts.values.Sku;

/// Goods arrived in the warehouse.
///
/// @param quantity how many arrived
/// @param onHand how many there are now
public record StockReceived(Sku sku, long quantity, long onHand) implements StockEvent {}
