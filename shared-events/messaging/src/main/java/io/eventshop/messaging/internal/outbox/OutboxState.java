package io.eventshop.messaging.internal.outbox;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How much waits in the outbox, asked of the database, because no single instance knows: whoever
/// gets a shard's lock works on it.
///
/// @param backlog rows, counted up to [#COUNT_MAX]
/// @param parkedKeys keys that wait for a person
/// @param oldestAge of the oldest row that could be published; zero if there is none
record OutboxState(long backlog, long parkedKeys, Duration oldestAge) {

    /// Counting stops here: an exact number beyond it helps nobody, and would take the longest when
    /// the database has the least time for it.
    static final int COUNT_MAX = 100_000;

    static OutboxState read(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select
                            (select count(*)
                             from (select from messaging.outbox limit :countMax) counted) as backlog,
                            (select count(*) from messaging.outbox_parked) as parked,
                            (select extract(epoch from clock_timestamp() - min(oldest.created_at)) * 1000
                             from generate_series(0, :shards - 1) as shard(number)
                             cross join lateral (
                                 select created_at
                                 from messaging.outbox
                                 where shard = shard.number
                                   and not exists (
                                       select
                                       from messaging.outbox_parked parked
                                       where parked.shard = outbox.shard
                                         and parked.topic = outbox.topic
                                         and parked.aggregate_id = outbox.aggregate_id)
                                 order by seq
                                 limit 1) oldest) as oldest_age
                        """)
                .param("countMax", COUNT_MAX)
                .param("shards", Shard.COUNT)
                .query((result, _) ->
                        new OutboxState(
                                result.getLong("backlog"),
                                result.getLong("parked"),
                                Duration.ofMillis(Math.max(0, result.getLong("oldest_age")))))
                .single();
    }

    /// Rows, counted up to a limit.
    static long countUpTo(int limit, JdbcClient jdbc) {
        return jdbc.sql("select count(*) from (select from messaging.outbox limit :limit) counted")
                .param("limit", limit)
                .query(Long.class)
                .single();
    }
}
