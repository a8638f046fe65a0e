package io.eventshop.messaging.internal.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of the outbox and its relay. Every one has a default that suits most services.
///
/// @param relayEnabled whether this instance publishes. Off in an instance that must only collect,
///   e.g. while its backlog is being measured
/// @param passRowsMax rows a pass takes at most: enough to fill the broker's batches, few enough
///   that they are deleted again before their copy in memory counts
/// @param passBytesMax bytes a pass takes at most, so that it fits the deadline over a slow link
/// @param ackDeadline how long a pass waits for the broker. A vanished relay keeps its shard for
///   this long and five seconds more
/// @param pollInterval how long a relay sleeps that nobody wakes: the longest an event of a crashed
///   instance waits for another one
/// @param busyDelay how long a relay waits that finds its shard taken by another instance
/// @param backoffMin the first pause after a failed pass; doubled with each further one
/// @param backoffMax the longest pause: an outage is over for the events this long after it is over
/// @param backlogMax events that may wait to be published before requests are put off: an hour
///   without a broker at 100 orders a second, which have one event each until they are answered
/// @param topicReplication copies of each partition of the topics that this service declares; 1
///   suits a demo, 3 a cluster
@ConfigurationProperties("eventshop.outbox")
public record OutboxProperties(
        @DefaultValue("true") boolean relayEnabled,
        @DefaultValue("1000") int passRowsMax,
        @DefaultValue("1MB") DataSize passBytesMax,
        @DefaultValue("10s") Duration ackDeadline,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("25ms") Duration busyDelay,
        @DefaultValue("200ms") Duration backoffMin,
        @DefaultValue("2s") Duration backoffMax,
        @DefaultValue("360000") int backlogMax,
        @DefaultValue("1") short topicReplication) {}
