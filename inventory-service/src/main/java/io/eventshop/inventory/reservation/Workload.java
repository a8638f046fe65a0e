package io.eventshop.inventory.reservation;

import static java.util.stream.Collectors.toMap;

import io.eventshop.inventory.item.LockedItems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// All that the events of one transaction may touch: the reservations of their orders, and the
/// items of either, locked. Loaded by a constant number of statements, however many events there
/// are; that an order has no reservation yet is known here too and costs no query of its own.
///
/// It is kept among the transaction's synchronizations, so it lives exactly as long as its locks.
final class Workload implements TransactionSynchronization {

    private final LockedItems items;
    private final Map<UUID, Reservation> reservations;

    Workload(LockedItems items, List<Reservation> reservations) {
        this.items = items;
        this.reservations =
                reservations.stream().collect(toMap(Reservation::orderId, Function.identity()));
    }

    /// The workload of the running transaction, if it has been loaded.
    static Optional<Workload> current() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Workload.class::isInstance)
                .map(Workload.class::cast)
                .reduce((earlier, later) -> later);
    }

    Workload untilTransactionEnds() {
        TransactionSynchronizationManager.registerSynchronization(this);
        return this;
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
