package io.eventshop.messaging.internal.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the outbox and its relay.
///
/// @param relayEnabled whether this instance publishes. Change it in an instance that must only
///   collect, e.g. while its backlog is being measured.
/// @param ackDeadline how long a pass waits for the broker. A vanished relay keeps its shard for
///   this long and five seconds more. Change it when the broker is far away or slow to answer.
/// @param retryDelayMax the longest pause between failed passes, so how late events flow again
///   after an outage. Change it when a broker that comes back needs to be spared.
/// @param backlogMax events that may wait to be published before requests are rejected: an hour
///   without a broker at 100 orders a second, which have one event each until they are answered.
///   Change it when the database's disk has room for less, or for more.
/// @param topicReplication copies of each record of the topics that this service declares. Change
///   it to 3 when the broker is a cluster.
@ConfigurationProperties("eventshop.outbox")
public record OutboxProperties(
        @DefaultValue("true") boolean relayEnabled,
        @DefaultValue("10s") Duration ackDeadline,
        @DefaultValue("2s") Duration retryDelayMax,
        @DefaultValue("360000") int backlogMax,
        @DefaultValue("1") int topicReplication) {}
