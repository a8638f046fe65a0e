package io.eventshop.orders.order;

import static java.util.Objects.requireNonNull;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.orders.order.RefusedOrder.Why;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a wish costs at given prices.
record Quote(List<Line> lines, Money total) {

    record Line(Sku sku, int quantity, Money unitPrice) {}

    static Quote of(PlaceOrder wish, Map<Sku, Money> prices) {
        var unknown =
                wish.lines().stream()
                        .map(PlaceOrder.Line::sku)
                        .filter(sku -> !prices.containsKey(sku))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new RefusedOrder(Why.UNKNOWN_SKU, unknown);
        }

        var lines =
                wish.lines().stream()
                        .map(line ->
                                new Line(
                                        line.sku(),
                                        line.quantity(),
                                        requireNonNull(prices.get(line.sku()))))
                        .toList();
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

    /// As the event says it: here alone a new version of it is written.
    OrderPlaced placed(UUID orderId, PlaceOrder wish) {
        return new OrderPlaced(
                orderId,
                wish.customerId(),
                wish.email(),
                lines.stream()
                        .map(line ->
                                new OrderPlaced.Line(line.sku(), line.quantity(), line.unitPrice()))
                        .toList(),
                total);
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
