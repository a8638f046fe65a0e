package io.eventshop.inventory.item;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/// The table `item`.
interface Items extends JpaRepository<Item, String> {

    /// Locks the rows in the order of their SKUs, in one statement: whoever locks several items
    /// does it in this order, so two batches wait for each other and never deadlock. PostgreSQL
    /// locks after it has sorted, and an SKU never changes.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select item from Item item where item.sku in :skus order by item.sku")
    List<Item> lock(Collection<String> skus);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select item from Item item where item.sku = :sku")
    Optional<Item> lock(String sku);

    /// Waits until no other transaction that has claimed this SKU is running. A hash may claim
    /// another SKU too, which costs a wait and nothing else.
    @Query(
            nativeQuery = true,
            value =
                    """
                    select cast(pg_advisory_xact_lock(hashtextextended('item ' || :sku, 0)) as text)
                    """)
    @Nullable String claim(String sku);

    /// A page by keyset, along the primary key.
    List<Item> findBySkuGreaterThanOrderBySku(String after, Limit limit);
}
