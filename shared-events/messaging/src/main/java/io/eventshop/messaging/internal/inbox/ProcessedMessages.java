package io.eventshop.messaging.internal.inbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/// The table of what each consumer has dealt with.
final class ProcessedMessages {

    private final JdbcTemplate jdbc;

    ProcessedMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /// Marks the events as processed, and returns those that had not been: they are the caller's to
    /// apply, in this transaction. Waits for a concurrent transaction that marks one of them.
    ///
    /// In the order of ids, so that two batches with the same events cannot deadlock. A dead letter
    /// in any state is a mark as well, which outlives the cleaning of this table.
    Set<UUID> mark(String consumer, List<Incoming> batch) {
        return new HashSet<>(
                jdbc.queryForList(
                        """
                        insert into messaging.processed_message
                            (consumer, event_id, topic, "partition", "offset", correlation_id, published_at)
                        select ?, fresh.*
                          from unnest(?::uuid[], ?::text[], ?::integer[], ?::bigint[], ?::text[],
                                      ?::timestamptz[]) as fresh (event_id)
                         where not exists (
                               select from messaging.dead_letter
                                where consumer = ? and dead_letter.event_id = fresh.event_id)
                         order by fresh.event_id
                            on conflict do nothing
                        returning event_id
                        """,
                        UUID.class,
                        consumer,
                        column(batch, Incoming::id),
                        column(batch, incoming -> incoming.delivery().position().topic()),
                        column(batch, incoming -> incoming.delivery().position().partition()),
                        column(batch, incoming -> incoming.delivery().position().offset()),
                        batch.stream().map(Incoming::correlationId).toArray(String[]::new),
                        column(batch, incoming -> incoming.delivery().publishedAt()),
                        consumer));
    }

    /// Deletes up to so many of the oldest marks; several instances may do so at once.
    ///
    /// @return how many were deleted
    int clean(Duration retention, int rowsMax) {
        return jdbc.update(
                """
                delete from messaging.processed_message
                 where (event_id, consumer) in (
                       select event_id, consumer
                         from messaging.processed_message
                        where processed_at < now() - ? * interval '1 millisecond'
                        order by processed_at
                        limit ?
                          for update skip locked)
                """,
                retention.toMillis(),
                rowsMax);
    }

    /// As text, which PostgreSQL casts: its driver knows no arrays of UUIDs or instants.
    private static String[] column(List<Incoming> batch, Function<Incoming, Object> value) {
        return batch.stream().map(value).map(Object::toString).toArray(String[]::new);
    }
}
