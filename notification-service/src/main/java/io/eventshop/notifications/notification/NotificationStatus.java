package io.eventshop.notifications.notification;

/// How far a notification has come. Both ends are final.
public enum NotificationStatus {
    /// Waits for the dispatcher, or for its next attempt. There is no last attempt.
    PENDING,
    /// The mail server took it.
    SENT,
    /// It can never be delivered: the mail server refused it for good, or the address is none.
    FAILED
}
