package io.eventshop.messaging.transport;

import io.eventshop.contracts.Topic;
import java.time.Duration;
import java.util.List;

/// What one consumer of a service receives, and in what pieces.
///
/// @param group the name under which the broker knows the consumer, in all instances of the service
/// @param batchSizeMax records that are handed over at once
/// @param batchTimeMax how long the handler may take before the broker may give the rest to another
///   instance
public record Consumption(
        String group, List<Topic> topics, int batchSizeMax, Duration batchTimeMax) {}
