package io.eventshop.orders.order;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The orders that one batch of answers is about, locked until the transaction ends.
public final class LockedOrders {

    private final Map<UUID, Order> orders;

    LockedOrders(List<Order> orders) {
        this.orders = orders.stream().collect(toUnmodifiableMap(Order::id, Function.identity()));
    }

    /// @throws ImpossibleMove if there is no such order
    Order get(UUID orderId) {
        return Optional.ofNullable(orders.get(orderId))
                .orElseThrow(() -> new ImpossibleMove("there is no order " + orderId));
    }
}
