package io.eventshop.inventory.item;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.Money;
import io.eventshop.contracts.Sku;
import io.eventshop.messaging.outbox.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Lists items and takes in goods. Whoever changes an item locks its row first, so no change is
/// ever refused because another came between.
@Service
public class ItemService {

    private static final Logger log = LoggerFactory.getLogger(ItemService.class);

    private final Items items;
    private final Outbox outbox;

    ItemService(Items items, Outbox outbox) {
        this.items = items;
        this.outbox = outbox;
    }

    /// Lists a new item, or changes a listed one. Doing it twice is doing it once.
    ///
    /// @throws CurrencyFixed if the item is listed in another currency
    /// @throws org.springframework.dao.DuplicateKeyException if somebody else is just listing the
    ///   same new item; repeat it in a new transaction
    @Transactional
    public ListedItem list(Sku sku, String name, Money unitPrice, long reorderLevel) {
        var known = items.lock(sku.value());
        if (known.isPresent()) {
            var item = known.get();
            var news = item.relist(name, unitPrice, reorderLevel);
            return new ListedItem(save(item, news), false);
        }
        var listing = Item.list(sku, name, unitPrice, reorderLevel);
        return new ListedItem(save(listing.item(), Optional.of(listing.event())), true);
    }

    /// @param created whether the item is new
    public record ListedItem(ItemView item, boolean created) {}

    /// Takes in goods. Not idempotent by itself: whoever may repeat it brings an idempotency key.
    ///
    /// @throws UnknownItem if it is not listed
    /// @throws StockLimitReached if there would be more than can be counted
    @Transactional
    public ItemView receive(Sku sku, long quantity) {
        var item = items.lock(sku.value()).orElseThrow(() -> new UnknownItem(sku));
        var received = item.receive(quantity);
        return save(item, Optional.of(received));
    }

    /// Locks these items, in the order of their SKUs, until the transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public LockedItems lock(Collection<Sku> skus) {
        return new LockedItems(
                skus.isEmpty() ? List.of() : items.lock(skus.stream().map(Sku::value).toList()));
    }

    @Transactional(readOnly = true)
    public Optional<ItemView> find(Sku sku) {
        return items.findById(sku.value()).map(Item::view);
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

    private ItemView save(Item item, Optional<? extends Event> event) {
        var saved = items.saveAndFlush(item);
        event.ifPresent(it -> {
            var _ = outbox.append(it);
            log.info("{}", it);
        });
        return saved.view();
    }
}
