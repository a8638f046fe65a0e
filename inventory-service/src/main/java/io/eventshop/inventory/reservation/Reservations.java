package io.eventshop.inventory.reservation;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/// The table `reservation`, always with its lines.
interface Reservations extends JpaRepository<Reservation, UUID> {

    /// Locks the rows in the order of their ids. Lines never change and need no lock.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            """
            select reservation
            from Reservation reservation
            left join fetch reservation.lines
            where reservation.orderId in :orderIds
            order by reservation.orderId
            """)
    List<Reservation> lockWithLines(Collection<UUID> orderIds);

    @Query(
            """
            select reservation
            from Reservation reservation
            left join fetch reservation.lines
            where reservation.orderId = :orderId
            """)
    Optional<Reservation> findWithLines(UUID orderId);
}
