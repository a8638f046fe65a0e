package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.EventMetadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One shard's rows of the outbox, as its relay sees them. Every method is one statement in the
/// pass's transaction.
///
/// @param jdbc with connections of the relay's own, see [RelayPool]
record ShardQueue(JdbcClient jdbc, int shard) {

    /// `outb` in ASCII, so that nobody else's advisory lock is ours by accident.
    private static final int LOCK_SPACE = 0x6F757462;

    private static final String COLUMNS =
            """
            seq, topic, aggregate_id, id, type, source, data_schema, occurred_at,
            aggregate_version, correlation_id, causation_id, traceparent, size, payload,
            cast(date_part('epoch', clock_timestamp() - created_at) * 1000 as bigint) as age
            """;

    static final String NOT_PARKED =
            """
            not exists (
                select
                from messaging.outbox_parked parked
                where parked.shard = outbox.shard
                  and parked.topic = outbox.topic
                  and parked.aggregate_id = outbox.aggregate_id)
            """;

    /// Prepares the statement of [#oldest] for a connection's life: planning it takes longer than
    /// running it on a short queue, and the protocol that would keep the plan by itself would keep
    /// the snapshot, too, see [RelayPool].
    ///
    /// The inner query runs along the primary key and stops after the rows it needs; the window
    /// only adds up sizes on the way. So the first row always comes, however large it is.
    static final String PREPARE_OLDEST =
            """
            prepare outbox_oldest(smallint, integer, bigint) as
            select * from (
                select
                    %s,
                    sum(size) over (order by seq rows unbounded preceding) - size as bytes_before
                from messaging.outbox
                where shard = $1
                  and %s
                order by seq
                limit $2
            ) as oldest
            where bytes_before < $3
            order by seq
            """
                    .formatted(COLUMNS, NOT_PARKED);

    /// Locks nothing, and fails where the database takes no writes: what is published there could
    /// not be deleted, and would be published again and again.
    private static final String WHERE_WRITABLE =
            " where not exists (select from messaging.outbox_parked where false for update)";

    private static final String ONE =
            """
            select %s
            from messaging.outbox
            where shard = :shard
              and seq = :seq
              and %s
            """
                    .formatted(COLUMNS, NOT_PARKED);

    /// Held until the transaction ends, in whatever way. Neither the lock nor a plain select gives
    /// the transaction an id or keeps a snapshot, so it may stay open while the broker answers
    /// without holding up vacuum; `for update` would.
    boolean tryLock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?, ?)" + WHERE_WRITABLE)
                .params(LOCK_SPACE, shard)
                .query(Boolean.class)
                .single();
    }

    /// The oldest rows that are not parked, in order; at least one if there is any.
    List<Queued> oldest(int rowsMax, long bytesMax) {
        return jdbc.sql("execute outbox_oldest(%d, %d, %d)".formatted(shard, rowsMax, bytesMax))
                .query(ShardQueue::map)
                .list();
    }

    /// This row, unless it is gone or parked.
    List<Queued> only(long seq) {
        return jdbc.sql(ONE).param("shard", shard).param("seq", seq).query(ShardQueue::map).list();
    }

    /// Deletes exactly these rows. The range bounds the scan whatever the planner believes about a
    /// table that was empty when it was last analysed; the list keeps a row that was committed
    /// after the select from being deleted unsent.
    ///
    /// @throws IllegalStateException if one of them is gone already; nothing else may delete
    ///   publishable rows
    void delete(List<Queued> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int deleted =
                jdbc.sql(
                                """
                                delete from messaging.outbox
                                where shard = :shard
                                  and seq between :first and :last
                                  and seq = any(:seqs)
                                """)
                        .param("shard", shard)
                        .param("first", rows.getFirst().seq())
                        .param("last", rows.getLast().seq())
                        .param("seqs", rows.stream().map(Queued::seq).toArray(Long[]::new))
                        .update();
        if (deleted != rows.size()) {
            throw new IllegalStateException(
                    "shard %d: %d rows were published, but %d were there to delete"
                            .formatted(shard, rows.size(), deleted));
        }
    }

    void park(Queued queued, String reason) {
        int _ =
                jdbc.sql(
                                """
                                insert into messaging.outbox_parked (
                                    shard, topic, aggregate_id, seq, event_id, reason)
                                values (:shard, :topic, :aggregateId, :seq, :eventId, :reason)
                                """)
                        .param("shard", shard)
                        .param("topic", queued.row().topic())
                        .param("aggregateId", queued.row().metadata().subject())
                        .param("seq", queued.seq())
                        .param("eventId", queued.row().metadata().id())
                        .param("reason", reason)
                        .update();
    }

    private static Queued map(ResultSet result, int number) throws SQLException {
        var metadata =
                new EventMetadata(
                        result.getObject("id", UUID.class),
                        result.getString("source"),
                        result.getString("type"),
                        result.getString("data_schema"),
                        result.getString("aggregate_id"),
                        result.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        result.getLong("aggregate_version"),
                        result.getString("correlation_id"),
                        result.getString("causation_id"),
                        result.getString("traceparent"));
        byte[] payload = result.getBytes("payload");
        return new Queued(
                result.getLong("seq"),
                new OutboxRow(result.getString("topic"), metadata, payload),
                result.getInt("size"),
                Duration.ofMillis(result.getLong("age")));
    }

    /// @param size of the record, in bytes
    /// @param age since it was appended, when it was selected
    record Queued(long seq, OutboxRow row, int size, Duration age) {

        boolean hasKeyOf(Queued other) {
            return row.topic().equals(other.row.topic())
                    && row.metadata().subject().equals(other.row.metadata().subject());
        }
    }
}
