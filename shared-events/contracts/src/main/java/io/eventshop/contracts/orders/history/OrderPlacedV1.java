package io.eventshop.contracts.orders.history;

import io.eventshop.contracts.Money;
import io.eventshop.contracts.Sku;
import io.eventshop.contracts.Upcastable;
import io.eventshop.contracts.orders.OrderPlaced;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;

/// `OrderPlaced` as it was: prices are decimals, and the currency is not said because there was
/// only the euro.
public record OrderPlacedV1(
        UUID orderId, String customerId, String email, List<Line> lines, BigDecimal total)
        implements Upcastable<OrderPlaced> {

    private static final String IMPLIED_CURRENCY = "EUR";

    public OrderPlacedV1 {
        lines = List.copyOf(lines);
    }

    public record Line(Sku sku, int quantity, BigDecimal unitPrice) {}

    @Override
    public OrderPlaced upcast() {
        return new OrderPlaced(
                orderId,
                customerId,
                email,
                lines.stream()
                        .map(line ->
                                new OrderPlaced.Line(
                                        line.sku(), line.quantity(), euros(line.unitPrice())))
                        .toList(),
                euros(total));
    }

    /// Cents; what v1 said in more than two decimals is rounded half up, as its invoices were.
    private static Money euros(BigDecimal amount) {
        return new Money(
                amount.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact(),
                IMPLIED_CURRENCY);
    }
}
