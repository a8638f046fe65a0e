package io.eventshop.inventory.item;

/// Something that was asked of an item and cannot be had; nothing has changed.
public abstract sealed class ItemRefusal extends RuntimeException
        permits CurrencyFixed, StockLimitReached, UnknownItem {

    /// @param reason a sentence for whoever asked
    ItemRefusal(String reason) {
        super(reason);
    }
}
