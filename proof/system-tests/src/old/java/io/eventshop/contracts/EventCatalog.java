package io.eventshop.contracts;

import io.eventshop.contracts.shop.Topics;

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
import java.util.List;
import java.util.Optional;

/// Every event type in every version that was ever published, old ones first. A version is added,
/// never changed or removed: records of it lie in topics and in dead letters.
public final class EventCatalog {

    private static final List<EventType<?>> ALL =
            List.of(
                    new EventType<>(
                            "orders.order-placed", "1.0.0", OrderPlaced.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-placed", "1.1.0", OrderPlaced.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-confirmed", "1.0.0", OrderConfirmed.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-rejected", "1.0.0", OrderRejected.class, Topics.ORDERS),
                    new EventType<>(
                            "orders.order-cancelled", "1.0.0", OrderCancelled.class, Topics.ORDERS),
                    new EventType<>(
                            "reservations.stock-reserved",
                            "1.0.0",
                            StockReserved.class,
                            Topics.RESERVATIONS),
                    new EventType<>(
                            "reservations.stock-rejected",
                            "1.0.0",
                            StockRejected.class,
                            Topics.RESERVATIONS),
                    new EventType<>(
                            "reservations.stock-released",
                            "1.0.0",
                            StockReleased.class,
                            Topics.RESERVATIONS),
                    new EventType<>("items.item-listed", "1.0.0", ItemListed.class, Topics.ITEMS),
                    new EventType<>(
                            "stock.stock-received", "1.0.0", StockReceived.class, Topics.STOCK),
                    new EventType<>("stock.stock-low", "1.0.0", StockLow.class, Topics.STOCK));

    private EventCatalog() {}

    public static List<EventType<?>> all() {
        return ALL;
    }

    /// The type with this CloudEvents `type`, in the newest minor version that the catalog knows.
    public static Optional<EventType<?>> byWireName(String wireName) {
        return ALL.stream()
                .filter(type -> type.wireName().equals(wireName))
                .reduce((older, newer) -> newer);
    }

    /// The type that is written for this record.
    ///
    /// @throws IllegalArgumentException if the catalog does not list the record
    public static EventType<?> of(Class<?> payload) {
        return ALL.stream()
                .filter(type -> type.payload().equals(payload))
                .reduce((older, newer) -> newer)
                .orElseThrow(() ->
                        new IllegalArgumentException(payload + " is not in the event catalog"));
    }
}
