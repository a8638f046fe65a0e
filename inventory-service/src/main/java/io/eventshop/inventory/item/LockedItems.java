package io.eventshop.inventory.item;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Items whose rows are locked until the running transaction ends, so that what is seen to be
/// available still is when it gets reserved. Changes are saved with the transaction.
public final class LockedItems {

    private final Map<Sku, Item> items;

    LockedItems(List<Item> items) {
        this.items = items.stream().collect(toUnmodifiableMap(Item::sku, Function.identity()));
    }

    /// How many can be reserved; 0 for an item that inventory does not know.
    public long available(Sku sku) {
        var item = items.get(sku);
        return item == null ? 0 : item.available();
    }

    /// @return an event if just this took the item across its reorder level; append it after the
    ///   item has been flushed
    /// @throws IllegalStateException if there is not enough
    public Optional<StockLow> reserve(Sku sku, int quantity) {
        return item(sku).reserve(quantity);
    }

    /// @throws IllegalStateException if less than this is reserved
    public void release(Sku sku, int quantity) {
        item(sku).release(quantity);
    }

    private Item item(Sku sku) {
        var item = items.get(sku);
        if (item == null) {
            throw new IllegalStateException("item " + sku + " is not locked here");
        }
        return item;
    }
}
