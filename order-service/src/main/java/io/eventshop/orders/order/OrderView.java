package io.eventshop.orders.order;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An order as others see it.
///
/// @param reason why it was rejected or cancelled; null until then
/// @param version counts what has happened to the order, from 1; the ETag and the history use it
/// @param expectedBy when the customer may expect an answer: a promise, not a deadline
public record OrderView(
        UUID id,
        String customerId,
        OrderStatus status,
        @Nullable OrderReason reason,
        long version,
        List<Line> lines,
        Money total,
        Instant placedAt,
        Instant expectedBy) {

    public OrderView {
        lines = List.copyOf(lines);
    }

    public record Line(Sku sku, int quantity, Money unitPrice) {}

    /// Whether the stock has answered, or nobody waits for its answer any more.
    public boolean settled() {
        return status != OrderStatus.PENDING;
    }
}
