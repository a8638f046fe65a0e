package io.eventshop.messaging.internal.inbox;

import static java.util.stream.Collectors.toMap;

import io.eventshop.messaging.database.Column;
import io.eventshop.messaging.transport.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The table of what each consumer has dealt with.
@DependsOn("messagingSchema")
record ProcessedMessages(JdbcClient jdbc) {

    /// Marks the events as processed, and returns those that had not been: they are the caller's to
    /// apply, in this transaction. Waits for a concurrent transaction that marks one of them.
    ///
    /// In the order of ids, so that two batches with the same events cannot deadlock. A dead letter
    /// in any state is a mark as well, which outlives the cleaning of this table.
    Set<UUID> mark(String consumer, List<Incoming> batch) {
        return jdbc.sql(
                        """
                        insert into messaging.processed_message (
                            consumer, event_id, topic, position, correlation_id, published_at)
                        select :consumer, event_id, topic, position, correlation_id, published_at
                        from unnest(
                            cast(:ids as uuid[]), cast(:topics as text[]),
                            cast(:positions as text[]), cast(:correlationIds as text[]),
                            cast(:publishedAt as timestamptz[])
                        ) with ordinality as fresh (
                            event_id, topic, position, correlation_id, published_at, n)
                        where not exists (
                            select
                            from messaging.dead_letter
                            where consumer = :consumer
                              and dead_letter.event_id = fresh.event_id)
                        order by event_id, n
                        on conflict do nothing
                        returning event_id
                        """)
                .param("consumer", consumer)
                .param("ids", Column.of(batch, Incoming::id))
                .param("topics", Column.of(batch, it -> it.delivery().position().topic()))
                .param("positions", Column.of(batch, it -> it.delivery().position().place()))
                .param("correlationIds", Column.of(batch, Incoming::correlationId))
                .param("publishedAt", Column.of(batch, it -> it.delivery().publishedAt()))
                .query((row, _) -> row.getObject(1, UUID.class))
                .set();
    }

    /// Where the event lies that was marked.
    ///
    /// @param place as [Position#place] says
    record Mark(UUID id, String topic, String place) {

        /// Whether the same event may lie there once more: its topic is the same, and its key leads
        /// to the same lane.
        boolean fits(Position other) {
            return topic.equals(other.topic()) && place.startsWith(other.lane() + "@");
        }

        @Override
        public String toString() {
            return topic + "-" + place;
        }
    }

    /// What stands for these events that have been marked before, a dead letter included.
    ///
    /// @return by the event's id
    Map<UUID, Mark> marksOf(String consumer, List<Incoming> duplicates) {
        return jdbc
                .sql(
                        """
                        select event_id, topic, coalesce(position, "partition" || '@' || "offset")
                        from messaging.processed_message
                        where consumer = :consumer
                          and event_id = any(cast(:ids as uuid[]))
                        union all
                        select event_id, topic,
                               coalesce(lane || '@' || at, "partition" || '@' || "offset")
                        from messaging.dead_letter
                        where consumer = :consumer
                          and event_id = any(cast(:ids as uuid[]))
                        """)
                .param("consumer", consumer)
                .param("ids", Column.of(duplicates, Incoming::id))
                .query((row, _) ->
                        new Mark(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                .list()
                .stream()
                .collect(toMap(Mark::id, mark -> mark, (mark, _) -> mark));
    }

    /// Deletes up to so many of the oldest marks; several instances may do so at once.
    ///
    /// @return how many were deleted
    int clean(Duration retention, int rowsMax) {
        return jdbc.sql(
                        """
                        delete from messaging.processed_message
                        where (event_id, consumer) in (
                            select event_id, consumer
                            from messaging.processed_message
                            where processed_at < now() - :retention * interval '1 millisecond'
                            order by processed_at
                            limit :rowsMax
                            for update skip locked)
                        """)
                .param("retention", retention.toMillis())
                .param("rowsMax", rowsMax)
                .update();
    }
}
