package io.eventshop.inventory.reservation;

import static java.util.stream.Collectors.toMap;

import io.eventshop.inventory.item.LockedItems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// All that one batch of orders may touch: their reservations, and the items of either, locked
/// until the transaction ends. That an order has no reservation yet is known here too, and costs no
/// query of its own.
public final class LockedStock {

    private final LockedItems items;
    private final Map<UUID, Reservation> reservations;

    LockedStock(LockedItems items, List<Reservation> reservations) {
        this.items = items;
        this.reservations =
                reservations.stream().collect(toMap(Reservation::orderId, Function.identity()));
    }

    LockedItems items() {
        return items;
    }

    Optional<Reservation> reservation(UUID orderId) {
        return Optional.ofNullable(reservations.get(orderId));
    }

    /// From now on the order has this reservation, also for later events of the same batch.
    void add(Reservation reservation) {
        reservations.put(reservation.orderId(), reservation);
    }
}
