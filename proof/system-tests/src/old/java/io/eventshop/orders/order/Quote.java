package io.eventshop.orders.order;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.orders.order.RefusedOrder.Why;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a wish costs at given prices.
record Quote(List<Line> lines, Money total) {

    record Line(Sku sku, int quantity, Money unitPrice) {}

    static Quote of(PlaceOrder wish, Map<Sku, Money> prices) {
        var unknown = skus(wish, line -> !prices.containsKey(line.sku()));
        if (!unknown.isEmpty()) {
            throw new RefusedOrder(Why.UNKNOWN_SKU, unknown);
        }

        var lines = wish.lines().stream().map(line -> priced(line, prices)).toList();
        var currency = lines.getFirst().unitPrice().currency();
        var foreign =
                lines.stream()
                        .filter(line -> !line.unitPrice().currency().equals(currency))
                        .map(Line::sku)
                        .toList();
        if (!foreign.isEmpty()) {
            throw new RefusedOrder(Why.MIXED_CURRENCIES, foreign);
        }

        return new Quote(lines, total(lines, currency));
    }

    /// As the event says it.
    OrderPlaced placed(UUID orderId, PlaceOrder wish) {
        return new OrderPlaced(
                orderId,
                wish.customerId(),
                wish.email(),
                lines.stream()
                        .map(line ->
                                new OrderPlaced.Line(
                                        line.sku(), line.quantity(), decimal(line.unitPrice())))
                        .toList(),
                decimal(total),
                total.currency());
    }

    private static BigDecimal decimal(Money money) {
        return BigDecimal.valueOf(money.amountMinor(), 2);
    }

    private static List<Sku> skus(
            PlaceOrder wish, java.util.function.Predicate<PlaceOrder.Line> condition) {
        return wish.lines().stream().filter(condition).map(PlaceOrder.Line::sku).toList();
    }

    private static Line priced(PlaceOrder.Line line, Map<Sku, Money> prices) {
        var price = prices.get(line.sku());
        if (price == null) {
            throw new RefusedOrder(Why.UNKNOWN_SKU, List.of(line.sku()));
        }
        return new Line(line.sku(), line.quantity(), price);
    }

    /// Compares before it multiplies, because the product may not fit into a long.
    private static Money total(List<Line> lines, String currency) {
        var total = new Money(0, currency);
        for (var line : lines) {
            var room = Money.AMOUNT_MAX - total.amountMinor();
            if (line.unitPrice().amountMinor() > room / line.quantity()) {
                throw new RefusedOrder(Why.TOTAL_TOO_LARGE, List.of(line.sku()));
            }
            total = total.plus(line.unitPrice().times(line.quantity()));
        }
        return total;
    }
}
