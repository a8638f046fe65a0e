package io.eventshop.notifications.notification;

/// Said inside the service when there are mails to send; whoever listens after the commit can send
/// them at once instead of at the next poll.
public record MailsDue() {}
