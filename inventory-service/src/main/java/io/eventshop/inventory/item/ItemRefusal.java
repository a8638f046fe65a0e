package io.eventshop.inventory.item;

/// Something that was asked of an item and cannot be had; nothing has changed.
public abstract sealed class ItemRefusal extends RuntimeException
        permits CurrencyFixed, StockLimitReached, UnknownItem {

    private final String reason;

    ItemRefusal(String reason) {
        super(reason);
        this.reason = reason;
    }

    /// A sentence for whoever asked.
    @Override
    public String getMessage() {
        return reason;
    }
}
