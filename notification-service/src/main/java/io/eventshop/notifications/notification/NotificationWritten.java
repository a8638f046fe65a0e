package io.eventshop.notifications.notification;

import java.util.UUID;

/// Said inside the service when a notification was written; whoever listens after the commit can
/// send it at once instead of at the next poll.
public record NotificationWritten(UUID id) {}
