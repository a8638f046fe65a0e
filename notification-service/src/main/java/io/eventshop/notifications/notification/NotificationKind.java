package io.eventshop.notifications.notification;

/// What a notification tells.
public enum NotificationKind {
    ORDER_CONFIRMED,
    ORDER_REJECTED,
    ORDER_CANCELLED,
    STOCK_LOW
}
