package io.eventshop.inventory.item;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.values.Sku;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Items whose rows are locked until the running transaction ends, so that what is seen to be
/// available still is when it gets reserved. Changes are saved with the transaction.
public final class LockedItems {

    private final Map<Sku, Optional<Item>> items = new HashMap<>();

    /// @param skus all that were to be locked, known or not
    LockedItems(Collection<Sku> skus, List<Item> known) {
        skus.forEach(sku -> items.put(sku, Optional.empty()));
        known.forEach(item -> items.put(item.sku(), Optional.of(item)));
    }

    /// How many can be reserved; 0 for an item that inventory does not know.
    ///
    /// @throws IllegalStateException if it was not to be locked
    public long available(Sku sku) {
        return locked(sku).map(Item::available).orElse(0L);
    }

    /// @return happened if just this took the item across its reorder level
    /// @throws IllegalStateException if there is not enough
    public Decision reserve(Sku sku, int quantity) {
        return locked(sku).orElseThrow(() -> notLocked(sku)).reserve(quantity);
    }

    /// @throws IllegalStateException if less than this is reserved
    public void release(Sku sku, int quantity) {
        locked(sku).orElseThrow(() -> notLocked(sku)).release(quantity);
    }

    private Optional<Item> locked(Sku sku) {
        return Optional.ofNullable(items.get(sku)).orElseThrow(() -> notLocked(sku));
    }

    private static IllegalStateException notLocked(Sku sku) {
        return new IllegalStateException("item " + sku + " is not locked here");
    }
}
