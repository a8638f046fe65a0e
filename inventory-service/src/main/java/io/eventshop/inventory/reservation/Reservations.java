package io.eventshop.inventory.reservation;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/// The table `reservation`, always with its lines.
interface Reservations extends JpaRepository<Reservation, UUID> {

    @Query(
            """
            select reservation
            from Reservation reservation
            left join fetch reservation.lines
            where reservation.orderId in :orderIds
            """)
    List<Reservation> findWithLines(Collection<UUID> orderIds);
}
