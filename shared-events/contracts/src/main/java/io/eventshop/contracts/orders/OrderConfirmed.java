package io.eventshop.contracts.orders;

import java.util.UUID;

/// All of the order's stock is reserved.
public record OrderConfirmed(UUID orderId) implements OrderEvent {}
