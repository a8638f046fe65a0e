package io.eventshop.contracts;

import java.time.Duration;
import java.util.List;

/// All topics of Event Shop.
public final class Topics {

    private static final Duration RETENTION = Duration.ofDays(7);

    public static final Topic ORDERS =
            new Topic("orders.events", "order-service", "order", RETENTION);
    public static final Topic RESERVATIONS =
            new Topic("reservations.events", "inventory-service", "reservation", RETENTION);

    /// Kept for ever: a service that is new, or has lost its copies, reads all items from the
    /// beginning.
    public static final Topic ITEMS = new Topic("items.events", "inventory-service", "item", null);

    public static final Topic STOCK =
            new Topic("stock.events", "inventory-service", "item", RETENTION);

    public static final List<Topic> ALL = List.of(ORDERS, RESERVATIONS, ITEMS, STOCK);

    private Topics() {}
}
