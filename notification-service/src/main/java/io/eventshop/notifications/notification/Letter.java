package io.eventshop.notifications.notification;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be said about an event, in plain text. Written down when the event arrives, so that
/// every attempt to deliver it says the same.
///
/// @param orderId null if it is about stock
/// @param sku null if it is about an order
public record Letter(
        NotificationKind kind,
        @Nullable UUID orderId,
        @Nullable Sku sku,
        String subject,
        String text) {

    public static Letter about(OrderConfirmed event) {
        return aboutOrder(
                event.orderId(),
                NotificationKind.ORDER_CONFIRMED,
                "is confirmed",
                "All items are reserved for you.");
    }

    public static Letter about(OrderRejected event) {
        return aboutOrder(
                event.orderId(),
                NotificationKind.ORDER_REJECTED,
                "could not be accepted",
                switch (event.reason()) {
                    case OUT_OF_STOCK -> "At least one item is out of stock. Nothing is reserved.";
                    case UNKNOWN -> "Nothing is reserved.";
                });
    }

    public static Letter about(OrderCancelled event) {
        return aboutOrder(
                event.orderId(),
                NotificationKind.ORDER_CANCELLED,
                "is cancelled",
                switch (event.reason()) {
                    case CUSTOMER_REQUEST -> "You asked for it.";
                    case STOCK_UNANSWERED ->
                            "Our warehouse did not answer in time. We are sorry; please order again.";
                    case UNKNOWN -> "Nothing is reserved any more.";
                });
    }

    public static Letter about(StockLow event) {
        return new Letter(
                NotificationKind.STOCK_LOW,
                null,
                event.sku(),
                "Item %s is running low".formatted(event.sku()),
                """
                Hello,

                item %s has fallen to its reorder level.

                Available:     %d
                Reorder level: %d

                Event Shop
                """
                        .formatted(event.sku(), event.available(), event.reorderLevel()));
    }

    private static Letter aboutOrder(
            UUID orderId, NotificationKind kind, String news, String explanation) {
        return new Letter(
                kind,
                orderId,
                null,
                "Your order %s %s".formatted(orderId, news),
                """
                Hello,

                your order %s %s. %s

                Event Shop
                """
                        .formatted(orderId, news, explanation));
    }
}
