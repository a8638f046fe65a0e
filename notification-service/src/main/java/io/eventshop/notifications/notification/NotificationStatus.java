package io.eventshop.notifications.notification;

/// How far a notification has come: PENDING → SENT or FAILED. From FAILED it may be tried again, as
/// long as its address was not erased.
public enum NotificationStatus {
    /// Waits for the dispatcher, or for its next attempt. There is no last attempt.
    PENDING,
    /// The mail server took it. Nothing changes that.
    SENT,
    /// It is not tried any more: the mail server refused it for good, mail cannot be sent to the
    /// address, or there is no address any more. A person may have it sent again, and so does the
    /// dispatcher when it finds that the refusal was about us.
    FAILED
}
