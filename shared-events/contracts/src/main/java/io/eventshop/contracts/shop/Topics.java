package io.eventshop.contracts.shop;

import io.eventshop.contracts.Topic;
import java.time.Duration;

/// The topics of Event Shop.
public final class Topics {

    private static final Duration RETENTION = Duration.ofDays(7);

    public static final Topic ORDERS =
            new Topic("orders.events", "order-service", "order", "orderId", RETENTION);
    public static final Topic RESERVATIONS =
            new Topic(
                    "reservations.events",
                    "inventory-service",
                    "reservation",
                    "orderId",
                    RETENTION);

    /// Kept for ever: a service that is new, or has lost its copies, reads all items from the
    /// beginning.
    public static final Topic ITEMS =
            new Topic("items.events", "inventory-service", "item", "sku", null);

    public static final Topic STOCK =
            new Topic("stock.events", "inventory-service", "item", "sku", RETENTION);

    private Topics() {}
}
