package io.eventshop.orders.order;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import jakarta.persistence.Embeddable;

/// So many of one item, at the price that was fixed when the order was placed. The currency is the
/// order's.
@Embeddable
record OrderLine(String sku, int quantity, long unitPriceMinor) {

    static OrderLine of(Sku sku, int quantity, Money unitPrice) {
        return new OrderLine(sku.value(), quantity, unitPrice.amountMinor());
    }
}
