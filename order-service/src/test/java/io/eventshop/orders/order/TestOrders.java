package io.eventshop.orders.order;

import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Wishes and prices for tests of the domain, where which ones does not matter.
final class TestOrders {

    static final Sku KEYBOARD = new Sku("KEYBOARD-1");
    static final Sku MOUSE = new Sku("MOUSE-1");
    static final Map<Sku, Money> PRICES =
            Map.of(KEYBOARD, new Money(4_999, "EUR"), MOUSE, new Money(1_999, "EUR"));
    static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    private TestOrders() {}

    static PlaceOrder wish(PlaceOrder.Line... lines) {
        return new PlaceOrder("customer-1", new EmailAddress("ada@example.com"), List.of(lines));
    }

    static PlaceOrder.Line line(Sku sku, int quantity) {
        return new PlaceOrder.Line(sku, quantity);
    }

    static Order.Placement placed(PlaceOrder wish) {
        return Order.place(UUID.randomUUID(), wish, PRICES, NOW);
    }

    static Order order() {
        return placed(wish(line(KEYBOARD, 1))).order();
    }
}
