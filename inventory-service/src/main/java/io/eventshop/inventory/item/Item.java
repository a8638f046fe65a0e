package io.eventshop.inventory.item;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService.ListItem;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Something that can be ordered: what it is called, what it costs, and how much of it there is.
///
/// `onHand` is everything that was ever received, because nothing is shipped here; `reserved` is
/// the part of it that is held for orders. `0 <= reserved <= onHand` holds at any time, and the
/// table's check constraints say so again.
///
/// Each event that a method returns is counted in `eventVersion`, one counter for both of an item's
/// topics. It is not JPA's version: an item changes without an event whenever an order reserves
/// some of it.
@Entity
class Item {

    /// 10^12 of one item, so that no sum over items comes near the end of a long.
    static final long ON_HAND_MAX = 1_000_000_000_000L;

    @Id private String sku;
    private String name;
    private long unitPriceMinor;
    private String currency;
    private long onHand;
    private long reserved;
    private long reorderLevel;

    private long eventVersion;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway.Init") // JPA fills the fields
    protected Item() {}

    private Item(ListItem listing) {
        sku = listing.sku().value();
        name = listing.name();
        unitPriceMinor = listing.unitPrice().amountMinor();
        currency = listing.unitPrice().currency();
        reorderLevel = listing.reorderLevel();
    }

    /// A new item, out of stock until some of it is received.
    static Listing list(ListItem listing) {
        var item = new Item(listing);
        return new Listing(item, item.listed());
    }

    /// @param item new, not saved yet
    /// @param event its first
    record Listing(Item item, NumberedEvent event) {}

    /// Changes the name, the price or the reorder level. Only what others copy is news: no event
    /// where name and price stay what they are.
    ///
    /// @throws CurrencyFixed if the price is in another currency than before: an order's total
    ///   would have to add up what cannot be added
    Decision relist(ListItem listing) {
        if (!listing.unitPrice().currency().equals(currency)) {
            throw new CurrencyFixed(sku(), currency);
        }
        var price = listing.unitPrice().amountMinor();
        var news = !listing.name().equals(name) || price != unitPriceMinor;
        name = listing.name();
        unitPriceMinor = price;
        reorderLevel = listing.reorderLevel();
        return news ? new Decision.Happened(listed()) : new Decision.Unchanged();
    }

    /// Goods arrive.
    ///
    /// @param quantity 1 or more
    /// @throws StockLimitReached beyond [#ON_HAND_MAX]
    Decision receive(long quantity) {
        requirePositive(quantity);
        if (quantity > ON_HAND_MAX - onHand) {
            throw new StockLimitReached(sku(), ON_HAND_MAX);
        }
        onHand += quantity;
        return new Decision.Happened(counted(new StockReceived(sku(), quantity, onHand)));
    }

    /// Holds some of the stock. The event says that just this reservation took the available
    /// quantity down across the reorder level, `before > level >= after`; whoever reserves more of
    /// an item that is low already crosses nothing.
    ///
    /// @throws IllegalStateException if there is not enough: who asks has looked at [#available]
    ///   under the same lock
    Decision reserve(int quantity) {
        requirePositive(quantity);
        if (quantity > available()) {
            throw new IllegalStateException(
                    "item %s has %d available and cannot hold %d"
                            .formatted(sku, available(), quantity));
        }
        var before = available();
        reserved += quantity;
        if (before > reorderLevel && reorderLevel >= available()) {
            return new Decision.Happened(counted(new StockLow(sku(), available(), reorderLevel)));
        }
        return new Decision.Unchanged();
    }

    /// Gives back what was held. No event of the item: `StockReleased` of the reservation says it.
    void release(int quantity) {
        requirePositive(quantity);
        if (quantity > reserved) {
            throw new IllegalStateException(
                    "item %s has %d reserved and cannot release %d"
                            .formatted(sku, reserved, quantity));
        }
        reserved -= quantity;
    }

    long available() {
        return onHand - reserved;
    }

    Sku sku() {
        return new Sku(sku);
    }

    /// Of the row, as it was read; empty until it has been written.
    OptionalLong version() {
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    ItemView view() {
        return new ItemView(
                sku(),
                name,
                new Money(unitPriceMinor, currency),
                onHand,
                reserved,
                available(),
                reorderLevel,
                version().orElse(0));
    }

    private NumberedEvent listed() {
        return counted(new ItemListed(sku(), name, new Money(unitPriceMinor, currency)));
    }

    private NumberedEvent counted(Event event) {
        return new NumberedEvent(event, ++eventVersion);
    }

    private void requirePositive(long quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "a quantity of %s is at least 1, not %d".formatted(sku, quantity));
        }
    }
}
