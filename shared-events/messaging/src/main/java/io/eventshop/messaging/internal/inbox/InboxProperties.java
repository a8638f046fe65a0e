package io.eventshop.messaging.internal.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The inbox's limits, `eventshop.inbox.*`.
///
/// @param batchSizeMax records a poll, which is events a transaction: a few round trips are shared
///   by this many, and a failure rolls back no more than this
/// @param fetchSizeMax bytes a fetch; what a consumer holds in memory
/// @param transactionTimeout how long one transaction may take before the database ends it, so that
///   a handler that hangs holds its locks no longer than this
/// @param pollIntervalMax how long Kafka waits for the next poll before it gives the partitions to
///   another instance
/// @param attemptsMax how often a transaction that lost against another one (deadlock,
///   serialization, optimistic lock) is repeated at once
/// @param strikesMax how often the infrastructure may fail on the same event, while the database
///   answers, before the event itself is to blame. With the pauses below, after a quarter of a
///   minute
/// @param retryDelayMin the first pause after a failure of the infrastructure; doubled each time
/// @param retryDelayMax the longest such pause. What an outage has held up flows again within 5 s
///   of its end, however long it was, and a pause that has just begun when it ends is a part of
///   that; asking a database that is away costs next to nothing
/// @param processedRetention how long a processed event is remembered; a record that can still be
///   read from its topic must be recognised
/// @param segmentTime the topics' `segment.ms`: only closed segments are deleted, so a record can
///   outlive its topic's retention by this much
/// @param cleaningInterval between two cleanings
/// @param cleaningBatchSize rows one statement deletes: locks and WAL come in small pieces
/// @param cleaningBatchesMax statements a cleaning: with the defaults 100,000 rows a minute at most
/// @param replayMax events that one call of replay applies; the caller calls again for more
/// @param listMax dead letters that one call lists
@ConfigurationProperties("eventshop.inbox")
public record InboxProperties(
        @DefaultValue("100") int batchSizeMax,
        @DefaultValue("4194304") int fetchSizeMax,
        @DefaultValue("45s") Duration transactionTimeout,
        @DefaultValue("5m") Duration pollIntervalMax,
        @DefaultValue("3") int attemptsMax,
        @DefaultValue("10") int strikesMax,
        @DefaultValue("500ms") Duration retryDelayMin,
        @DefaultValue("2s") Duration retryDelayMax,
        @DefaultValue("15d") Duration processedRetention,
        @DefaultValue("7d") Duration segmentTime,
        @DefaultValue("1m") Duration cleaningInterval,
        @DefaultValue("1000") int cleaningBatchSize,
        @DefaultValue("100") int cleaningBatchesMax,
        @DefaultValue("1000") int replayMax,
        @DefaultValue("200") int listMax) {

    public InboxProperties {
        // Half of the poll interval is for the attempt at the whole batch, which takes a quarter of
        // it at most, and for what gets done event by event; what has begun by then may need two
        // more transactions, the event's and its dead letter's.
        if (transactionTimeout.multipliedBy(4).compareTo(pollIntervalMax) > 0) {
            throw new IllegalArgumentException(
                    "eventshop.inbox.transaction-timeout may be at most a quarter of"
                            + " poll-interval-max, not "
                            + transactionTimeout);
        }
    }

    /// After this long a batch is handed back, so that the consumer polls in time. What was applied
    /// stays applied.
    Duration batchTime() {
        return pollIntervalMax.dividedBy(2);
    }
}
