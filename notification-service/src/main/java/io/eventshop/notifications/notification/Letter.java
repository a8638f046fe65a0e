package io.eventshop.notifications.notification;

import static io.eventshop.notifications.notification.NotificationKind.ORDER_CANCELLED;
import static io.eventshop.notifications.notification.NotificationKind.ORDER_CONFIRMED;
import static io.eventshop.notifications.notification.NotificationKind.ORDER_REJECTED;
import static io.eventshop.notifications.notification.NotificationKind.STOCK_LOW;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderEvent;
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
        return about(event, ORDER_CONFIRMED, "is confirmed", "All items are reserved for you.");
    }

    public static Letter about(OrderRejected event) {
        return about(
                event,
                ORDER_REJECTED,
                "could not be accepted",
                switch (event.reason()) {
                    case OUT_OF_STOCK -> "At least one item is out of stock. Nothing is reserved.";
                    case UNKNOWN -> "Nothing is reserved.";
                });
    }

    public static Letter about(OrderCancelled event) {
        return about(
                event,
                ORDER_CANCELLED,
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
                STOCK_LOW,
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

    private static Letter about(
            OrderEvent event, NotificationKind kind, String news, String explanation) {
        return new Letter(
                kind,
                event.orderId(),
                null,
                "Your order %s %s".formatted(event.orderId(), news),
                """
                Hello,

                your order %s %s. %s

                Event Shop
                """
                        .formatted(event.orderId(), news, explanation));
    }
}
