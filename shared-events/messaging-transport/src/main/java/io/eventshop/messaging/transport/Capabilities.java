package io.eventshop.messaging.transport;

import java.time.Duration;

/// In what brokers differ, as far as anyone has to know.
///
/// @param isLog whether a new consumer gets what was published before it came, from the beginning
/// @param outlivesRetention how long after its topic's retention a record may still be delivered
public record Capabilities(boolean isLog, Duration outlivesRetention) {}
