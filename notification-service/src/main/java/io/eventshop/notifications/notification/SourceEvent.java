package io.eventshop.notifications.notification;

import java.util.UUID;

/// The event that a notification tells about.
///
/// @param correlationId of the flow that it belongs to, so that the dispatcher's log lines do too
public record SourceEvent(UUID id, String correlationId) {}
