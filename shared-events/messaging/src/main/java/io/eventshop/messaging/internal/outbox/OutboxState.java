package io.eventshop.messaging.internal.outbox;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How much waits in the outbox, asked of the database, because no single instance knows: whoever
/// gets a shard's lock works on it.
///
/// @param backlog rows, counted up to [#COUNT_MAX]
/// @param parkedKeys keys that wait for a person
/// @param oldestAgeSeconds of the oldest row that could be published, to the millisecond; zero if
///   there is none
record OutboxState(long backlog, long parkedKeys, double oldestAgeSeconds) {

    /// Counting stops here: an exact number beyond it helps nobody, and would take the longest when
    /// the database has the least time for it.
    static final int COUNT_MAX = 100_000;

    static OutboxState read(DataSource database) {
        return JdbcClient.create(database)
                .sql(
                        """
                        select
                            (select count(*)
                             from (select from messaging.outbox limit :countMax) counted) as backlog,
                            (select count(*) from messaging.outbox_parked) as parked_keys,
                            (select round(greatest(0, coalesce(
                                 extract(epoch from clock_timestamp() - min(oldest.created_at)), 0)), 3)
                             from generate_series(0, :shards - 1) as shard(number)
                             cross join lateral (
                                 select created_at
                                 from messaging.outbox
                                 where shard = shard.number
                                   and %s
                                 order by seq
                                 limit 1) oldest) as oldest_age_seconds
                        """
                                .formatted(ShardQueue.NOT_PARKED))
                .param("countMax", COUNT_MAX)
                .param("shards", Shard.COUNT)
                .query(OutboxState.class)
                .single();
    }

    /// Rows, counted up to a limit.
    static long countUpTo(int limit, DataSource database) {
        return JdbcClient.create(database)
                .sql("select count(*) from (select from messaging.outbox limit :limit) counted")
                .param("limit", limit)
                .query(Long.class)
                .single();
    }
}
