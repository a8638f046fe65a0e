package io.eventshop.contracts.shop;

import static io.eventshop.contracts.shop.Topics.ITEMS;
import static io.eventshop.contracts.shop.Topics.ORDERS;
import static io.eventshop.contracts.shop.Topics.RESERVATIONS;
import static io.eventshop.contracts.shop.Topics.STOCK;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.stock.StockReceived;

/// All events of Event Shop.
public final class ShopEvents {

    public static final EventCatalog CATALOG =
            EventCatalog.of(
                    new EventType<>("orders.order-placed", "1.0.0", OrderPlaced.class, ORDERS),
                    new EventType<>("orders.order-placed", "1.1.0", OrderPlaced.class, ORDERS),
                    new EventType<>(
                            "orders.order-confirmed", "1.0.0", OrderConfirmed.class, ORDERS),
                    new EventType<>("orders.order-rejected", "1.0.0", OrderRejected.class, ORDERS),
                    new EventType<>(
                            "orders.order-cancelled", "1.0.0", OrderCancelled.class, ORDERS),
                    new EventType<>(
                            "reservations.stock-reserved",
                            "1.0.0",
                            StockReserved.class,
                            RESERVATIONS),
                    new EventType<>(
                            "reservations.stock-rejected",
                            "1.0.0",
                            StockRejected.class,
                            RESERVATIONS),
                    new EventType<>(
                            "reservations.stock-released",
                            "1.0.0",
                            StockReleased.class,
                            RESERVATIONS),
                    new EventType<>("items.item-listed", "1.0.0", ItemListed.class, ITEMS),
                    new EventType<>("stock.stock-received", "1.0.0", StockReceived.class, STOCK),
                    new EventType<>("stock.stock-low", "1.0.0", StockLow.class, STOCK));

    private ShopEvents() {}
}
