package io.eventshop.contracts.orders.history;

import io.eventshop.contracts.Upcastable;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `OrderPlaced` as it was: prices are decimals. 1.0.0 did not say the currency because there was
/// only the euro; 1.1.0 may say it. A second currency was never possible in this major: a reader of
/// 1.0.0 ignores the field, and would have taken dollars for euros. That is what 2.0.0 is for.
///
/// @param currency null where it is not said, which means the euro
public record OrderPlacedV1(
        UUID orderId,
        String customerId,
        EmailAddress email,
        List<Line> lines,
        BigDecimal total,
        @Nullable String currency)
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
                                        line.sku(), line.quantity(), money(line.unitPrice())))
                        .toList(),
                money(total));
    }

    /// Cents; what v1 said in more than two decimals is rounded half up, as its invoices were.
    private Money money(BigDecimal amount) {
        return new Money(
                amount.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact(),
                Objects.requireNonNullElse(currency, IMPLIED_CURRENCY));
    }
}
