package io.eventshop.messaging.internal.inbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The inbox's limits.
///
/// @param batchSizeMax records a batch, which is events a transaction: a few round trips are shared
///   by this many, and a failure rolls back no more than this. Change it when handlers are slow or
///   hold many locks.
/// @param transactionTimeout how long one transaction may take before the database ends it, so that
///   a handler that hangs holds its locks no longer than this. Change it when a batch of handlers
///   honestly needs longer.
/// @param lockTimeout how long an event waits for a lock on a row before it steps aside with its
///   key and the others go on. Longer than PostgreSQL's `deadlock_timeout` (1 s), or deadlocks look
///   like locks that are held for long. Change it when honest transactions hold locks for longer.
/// @param pollIntervalMax how long the broker waits for the end of a batch before it gives the rest
///   to another instance (Kafka: until the next poll). Change it together with the transaction
///   time-out, which is a quarter of it at most.
/// @param attemptsMax how often a transaction that lost against another one (deadlock,
///   serialization, optimistic lock) is repeated at once. Change it when the log shows that many
///   instances contend for the same rows.
/// @param strikesMax how often the infrastructure may fail on the same event, while the database
///   answers, before the event itself is to blame; after a quarter of a minute. Change it when
///   handlers call something that fails more often than a database.
/// @param retryDelayMax the longest pause after a failure of the infrastructure, so how late events
///   flow again after an outage. Change it when a database that comes back needs to be spared.
/// @param probeInterval how often a consumer that has stopped, because whatever it applies fails
///   alike, tries one event. Change it when what fails is expensive.
/// @param processedRetention how long a processed event is remembered; a record that can still be
///   read from its topic must be recognised. Change it together with the retention of topics, or
///   when old records are read again on purpose.
/// @param cleaningInterval between two removals of what was remembered for long enough. Change it
///   when more than 1,600 events a second are consumed for days.
@ConfigurationProperties("eventshop.inbox")
public record InboxProperties(
        @DefaultValue("100") int batchSizeMax,
        @DefaultValue("45s") Duration transactionTimeout,
        @DefaultValue("1200ms") Duration lockTimeout,
        @DefaultValue("5m") Duration pollIntervalMax,
        @DefaultValue("3") int attemptsMax,
        @DefaultValue("10") int strikesMax,
        @DefaultValue("2s") Duration retryDelayMax,
        @DefaultValue("30s") Duration probeInterval,
        @DefaultValue("15d") Duration processedRetention,
        @DefaultValue("1m") Duration cleaningInterval) {

    /// The first pause after a failure of the infrastructure; doubled each time.
    public static final Duration RETRY_DELAY_MIN = Duration.ofMillis(500);

    /// A tenth of the lock timeout is the shortest wait, and PostgreSQL takes 0 ms for no limit.
    private static final Duration LOCK_TIMEOUT_MIN = Duration.ofMillis(100);

    public InboxProperties {
        if (lockTimeout.compareTo(LOCK_TIMEOUT_MIN) < 0) {
            throw new IllegalArgumentException(
                    "eventshop.inbox.lock-timeout has to be at least 100 ms, not " + lockTimeout);
        }
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
