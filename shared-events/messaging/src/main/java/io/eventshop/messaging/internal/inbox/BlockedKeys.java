package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.database.Column;
import java.util.Set;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table of keys whose events wait behind a dead letter.
///
/// Whoever adds to a sequence or takes from it holds the lock on its blocked key from before it
/// looks until it commits. The row is there exactly as long as the sequence has an open letter.
@DependsOn("messagingSchema")
record BlockedKeys(JdbcClient jdbc) {

    /// Locks and returns those of the sequences that are blocked. Waits for a replay that holds
    /// one; a key whose replay ended meanwhile is free.
    Set<Sequence> lock(String consumer, Set<Sequence> sequences) {
        return jdbc.sql(
                        """
                        select topic, record_key
                        from messaging.blocked_key
                        where consumer = :consumer
                          and (topic, record_key) in (
                              select *
                              from unnest(cast(:topics as text[]), cast(:keys as bytea[])))
                        order by topic, record_key
                        for update
                        """)
                .param("consumer", consumer)
                .param("topics", Column.of(sequences, Sequence::topic))
                .param("keys", sequences.stream().map(Sequence::key).toArray(byte[][]::new))
                .query((row, _) -> new Sequence(consumer, row.getString(1), row.getBytes(2)))
                .set();
    }

    boolean lock(Sequence sequence) {
        return !lock(sequence.consumer(), Set.of(sequence)).isEmpty();
    }

    /// Blocks the key and locks it, whether or not it was blocked before.
    void block(Sequence sequence) {
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.blocked_key (consumer, topic, record_key)
                                values (:consumer, :topic, :key)
                                on conflict (consumer, topic, record_key)
                                do update set blocked_at = blocked_key.blocked_at
                                """)
                        .paramSource(sequence)
                        .update();
    }

    /// Locks the letter's key, blocked or not, and looks again: before, it may all have been
    /// different. The build before V4, which may run beside this one, unblocks keys behind which
    /// events wait.
    ///
    /// @return whether the letter is the oldest open one of its key
    boolean lockIfNext(DeadLetter letter, DeadLetters deadLetters) {
        block(letter.sequence());
        boolean isNext =
                deadLetters
                        .next(letter.sequence())
                        .filter(next -> next.eventId().equals(letter.eventId()))
                        .isPresent();
        if (!isNext) {
            unblockIfEmpty(letter.sequence());
        }
        return isNext;
    }

    /// Lets the key's events flow again if no letter of it is open.
    void unblockIfEmpty(Sequence sequence) {
        int _ =
                jdbc.sql(
                                """
                                delete from messaging.blocked_key
                                where %1$s
                                  and not exists (
                                      select
                                      from messaging.dead_letter
                                      where %1$s
                                        and %2$s)
                                """
                                        .formatted(DeadLetters.OF_SEQUENCE, DeadLetters.OPEN))
                        .paramSource(sequence)
                        .update();
    }

    int count() {
        return jdbc.sql("select count(*) from messaging.blocked_key").query(Integer.class).single();
    }
}
