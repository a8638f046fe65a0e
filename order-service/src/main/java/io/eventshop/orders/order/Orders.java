package io.eventshop.orders.order;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/// All orders. Each query brings what its caller needs in one statement.
interface Orders extends JpaRepository<Order, UUID> {

    @Query("select o from Order o left join fetch o.lines where o.id = :id")
    Optional<Order> findWithLines(UUID id);

    @Query("select o from Order o left join fetch o.lines where o.id in :ids")
    List<Order> findAllWithLines(Collection<UUID> ids);

    /// Locks in the order of the ids, so that two batches with the same orders cannot wait for each
    /// other.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select o from Order o where o.id in :ids order by o.id")
    List<Order> lockAll(Collection<UUID> ids);

    /// The longest waiting first.
    @Query(
            nativeQuery = true,
            value =
                    """
                    select id
                    from orders
                    where status = 'PENDING'
                      and awaiting_since < now() - make_interval(secs => :seconds)
                    order by awaiting_since, id
                    limit :limit
                    offset :skip
                    """)
    List<UUID> findUnanswered(double seconds, int skip, int limit);

    /// Empty where the order has been answered since, or where someone, e.g. the answer or another
    /// instance, is at work on it right now.
    @Query(
            nativeQuery = true,
            value =
                    """
                    select *
                    from orders
                    where id = :id
                      and status = 'PENDING'
                      and awaiting_since < now() - make_interval(secs => :seconds)
                    for no key update skip locked
                    """)
    Optional<Order> lockUnanswered(UUID id, double seconds);
}
