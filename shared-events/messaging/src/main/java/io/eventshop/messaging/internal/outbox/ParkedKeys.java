package io.eventshop.messaging.internal.outbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// What an operator can see of parked keys, and do about them. Every change is logged, when it is
/// committed, with who made it and why.
///
/// Both changes are one transaction, so a crash leaves the key parked or flowing, never half. Doing
/// either twice finds no parked key the second time.
record ParkedKeys(JdbcClient jdbc, TransactionOperations transaction) {

    private static final Logger log = LoggerFactory.getLogger(ParkedKeys.class);

    private static final int LIST_MAX = 200;

    /// @param waiting events of the key that are in the outbox, with the refused one
    record Parked(
            String topic,
            String key,
            UUID eventId,
            String reason,
            Instant parkedAt,
            long waiting) {}

    /// The longest parked ones first, at most 200.
    List<Parked> list() {
        return jdbc.sql(
                        """
                        select topic, aggregate_id as key, event_id, reason, parked_at, (
                            select count(*)
                            from messaging.outbox
                            where outbox.shard = parked.shard
                              and outbox.topic = parked.topic
                              and outbox.aggregate_id = parked.aggregate_id) as waiting
                        from messaging.outbox_parked parked
                        order by parked_at
                        limit ?
                        """)
                .param(LIST_MAX)
                .query(new SimplePropertyRowMapper<>(Parked.class))
                .list();
    }

    /// Lets the key flow again, from the event that was refused, in the old order. If the broker
    /// refuses it again the key is parked again.
    ///
    /// @return false if the key is not parked
    boolean retry(String topic, String key, String actor, String reason) {
        boolean wasParked = transaction.execute(_ -> !unpark(topic, key).isEmpty());
        if (wasParked) {
            log.warn("audit: {} retried the parked key {} of {}: {}", actor, key, topic, reason);
        }
        return wasParked;
    }

    /// Deletes the refused event, which is then never published, and lets the key's later events
    /// flow.
    ///
    /// @return false if the key is not parked
    boolean discard(String topic, String key, String actor, String reason) {
        boolean wasParked =
                transaction.execute(_ -> {
                    List<Long> refused = unpark(topic, key);
                    refused.forEach(seq -> delete(key, seq));
                    return !refused.isEmpty();
                });
        if (wasParked) {
            log.warn(
                    "audit: {} discarded the refused event of the key {} of {}: {}",
                    actor,
                    key,
                    topic,
                    reason);
        }
        return wasParked;
    }

    private List<Long> unpark(String topic, String key) {
        return jdbc.sql(
                        """
                        delete from messaging.outbox_parked
                        where shard = ?
                          and topic = ?
                          and aggregate_id = ?
                        returning seq
                        """)
                .params(Shard.of(key), topic, key)
                .query((result, _) -> result.getLong("seq"))
                .list();
    }

    private void delete(String key, long seq) {
        int _ =
                jdbc.sql("delete from messaging.outbox where shard = ? and seq = ?")
                        .params(Shard.of(key), seq)
                        .update();
    }
}
