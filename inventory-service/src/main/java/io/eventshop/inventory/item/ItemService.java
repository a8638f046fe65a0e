package io.eventshop.inventory.item;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Lists items and takes in goods. Whoever changes an item locks its row first, so no change is
/// ever refused because another came between.
@Service
public class ItemService {

    /// The most of one item that there can be.
    public static final long QUANTITY_MAX = Item.ON_HAND_MAX;

    private final Items items;
    private final Outbox outbox;

    ItemService(Items items, Outbox outbox) {
        this.items = items;
        this.outbox = outbox;
    }

    /// Lists a new item, or changes a listed one. Doing it twice is doing it once.
    ///
    /// @param precondition gets the version of the item as it is, while nobody else can change it,
    ///   and throws to refuse
    /// @throws CurrencyFixed if the item is listed in another currency
    @Transactional
    public ListedItem list(ListItem listing, Consumer<OptionalLong> precondition) {
        var known = lockOrClaim(listing.sku());
        precondition.accept(known.map(Item::version).orElse(OptionalLong.empty()));

        if (known.isPresent()) {
            var item = known.get();
            outbox.append(item.relist(listing).events());
            return new ListedItem(item.view(), false);
        }
        var listed = Item.list(listing);
        var item = items.save(listed.item());
        outbox.append(List.of(listed.event()));
        return new ListedItem(item.view(), true);
    }

    /// An item as somebody wants it listed.
    ///
    /// @param name 1 to 200 characters
    /// @param reorderLevel 0 to [#QUANTITY_MAX]
    public record ListItem(Sku sku, String name, Money unitPrice, long reorderLevel) {}

    /// @param created whether the item is new
    public record ListedItem(ItemView item, boolean created) {}

    /// Lists an item and takes in its first goods, together or not at all, unless it is listed
    /// already. So it can be called at each start of each instance.
    ///
    /// @param quantity 0 leaves it out of stock
    @Transactional
    public void introduce(ListItem listing, long quantity) {
        if (lockOrClaim(listing.sku()).isPresent()) {
            return;
        }
        var listed = Item.list(listing);
        var item = items.save(listed.item());
        var received = quantity > 0 ? item.receive(quantity) : new Decision.Unchanged();
        outbox.append(
                Stream.concat(Stream.of(listed.event()), received.events().stream()).toList());
    }

    /// Takes in goods.
    ///
    /// @return the item as it is afterwards
    /// @throws UnknownItem if it is not listed
    /// @throws StockLimitReached if there would be more than can be counted
    @Transactional
    public ItemView receive(Sku sku, long quantity) {
        var item = items.lock(sku.value()).orElseThrow(() -> new UnknownItem(sku));
        outbox.append(item.receive(quantity).events());
        return item.view();
    }

    /// Locks these items, in the order of their SKUs, until the transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public LockedItems lock(Collection<Sku> skus) {
        return new LockedItems(
                skus,
                skus.isEmpty() ? List.of() : items.lock(skus.stream().map(Sku::value).toList()));
    }

    /// @throws UnknownItem if it is not listed
    @Transactional(readOnly = true)
    public ItemView find(Sku sku) {
        return items.findById(sku.value()).map(Item::view).orElseThrow(() -> new UnknownItem(sku));
    }

    /// Items by SKU.
    ///
    /// @param after the last SKU of the page before; empty for the first page
    @Transactional(readOnly = true)
    public List<ItemView> findPage(Optional<Sku> after, int limit) {
        return items
                .findBySkuGreaterThanOrderBySku(after.map(Sku::value).orElse(""), Limit.of(limit))
                .stream()
                .map(Item::view)
                .toList();
    }

    /// The item with its row locked, or the sole right to make it: there is no row yet to lock, and
    /// of two who list the same new item one must wait to see the other's.
    private Optional<Item> lockOrClaim(Sku sku) {
        return items.lock(sku.value())
                .or(() -> {
                    var _ = items.claim(sku.value());
                    return items.lock(sku.value());
                });
    }
}
