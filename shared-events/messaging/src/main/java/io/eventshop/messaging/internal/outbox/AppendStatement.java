package io.eventshop.messaging.internal.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.frequency;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.database.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes all events of one kind of aggregate that happen in one transaction, in a single
/// statement.
///
/// It joins each aggregate's root row, for two reasons. The row must be this transaction's own
/// work, which its `xmin` tells: only then do we hold its lock until we commit, and nobody can
/// append to this aggregate meanwhile. And the row must have counted these events: its counter,
/// less the events of this aggregate that follow here, is the event's own number. Identity values
/// are drawn in the order of the `order by`, which stands outside of the join; `offset 0` keeps it
/// one look into the index for each event.
///
/// @param one for a single event, whose root row is looked for by a parameter; it keeps its plan
/// @param many planned with its values: a plan that was made while a table was new, and is kept,
///   reads all of it later
record AppendStatement(JdbcClient jdbc, AggregateTable table, String one, String many) {

    private interface Value {
        @Nullable Object of(StampedEvent event);
    }

    private static final Map<String, Value> COLUMNS =
            Map.ofEntries(
                    entry("shards", it -> Shard.of(it.event().aggregateId())),
                    entry("ids", it -> it.row().metadata().id()),
                    entry("topics", it -> it.row().topic()),
                    entry("aggregateIds", it -> it.event().aggregateId()),
                    entry("types", it -> it.row().metadata().type()),
                    entry("sources", it -> it.row().metadata().source()),
                    entry("dataSchemas", it -> it.row().metadata().dataSchema()),
                    entry("times", it -> it.row().metadata().time()),
                    entry("numbers", StampedEvent::number),
                    entry("correlationIds", it -> it.row().metadata().correlationId()),
                    entry("causationIds", it -> it.row().metadata().causationId()),
                    entry("traceparents", it -> it.row().metadata().traceparent()),
                    entry("sizes", StampedEvent::size),
                    entry("payloads", it -> new String(it.row().payload(), UTF_8)));

    AppendStatement(JdbcClient jdbc, AggregateTable table) {
        this(jdbc, table, sql(table, ":aggregateId"), sql(table, "event.aggregate_id"));
    }

    /// One for each kind of aggregate, by its type.
    static Map<String, AppendStatement> all(JdbcClient jdbc, List<AggregateTable> tables) {
        return tables.stream()
                .collect(
                        toMap(
                                AggregateTable::aggregateType,
                                table -> new AppendStatement(jdbc, table)));
    }

    private static String sql(AggregateTable table, String rootOf) {
        return """
        insert into messaging.outbox (
            shard, id, topic, aggregate_type, aggregate_id, type, source, data_schema, occurred_at,
            aggregate_version, correlation_id, causation_id, traceparent, size, payload)
        select
            event.shard, event.id, event.topic, :aggregateType, event.aggregate_id, event.type,
            event.source, event.data_schema, event.time, event.number, event.correlation_id,
            event.causation_id, event.traceparent, event.size, event.payload
        from unnest(
            cast(:shards as smallint[]), cast(:ids as uuid[]), cast(:topics as text[]),
            cast(:aggregateIds as text[]), cast(:types as text[]), cast(:sources as text[]),
            cast(:dataSchemas as text[]), cast(:times as timestamptz[]),
            cast(:numbers as bigint[]), cast(:correlationIds as text[]),
            cast(:causationIds as text[]), cast(:traceparents as text[]),
            cast(:sizes as integer[]), cast(:payloads as json[]), cast(:later as bigint[])
        ) with ordinality as event(
            shard, id, topic, aggregate_id, type, source, data_schema, time, number,
            correlation_id, causation_id, traceparent, size, payload, later, position)
        cross join lateral (
            select xmin, %3$s as counter
            from %1$s
            where %2$s = cast(%5$s as %4$s)
            offset 0) root
        where root.xmin = pg_current_xact_id()::xid
          and root.counter - event.later = event.number
        order by event.position
        returning id
        """
                .formatted(
                        table.table(),
                        table.idColumn(),
                        table.versionColumn(),
                        table.idType(),
                        rootOf);
    }

    /// @param events of this kind, all that the transaction has
    /// @throws IllegalStateException if a root row does not prove the number of its events; what
    ///   has been written by then must not be committed
    void append(List<StampedEvent> events) {
        if (events.size() > 1) {
            int _ = jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        }
        List<UUID> written = insert(events.size() > 1 ? many : one, events);
        String wrong =
                events.stream()
                        .filter(event -> frequency(written, event.row().metadata().id()) != 1)
                        .map(this::whatIsWrong)
                        .collect(joining("; "));
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(wrong);
        }
    }

    private List<UUID> insert(String sql, List<StampedEvent> events) {
        var statement =
                jdbc.sql(sql)
                        .param("aggregateType", table.aggregateType())
                        .param("aggregateId", events.getFirst().event().aggregateId())
                        .param("later", later(events));
        COLUMNS.forEach((name, value) -> statement.param(name, Column.of(events, value::of)));
        return statement.query((row, _) -> row.getObject(1, UUID.class)).list();
    }

    /// For each event how many of its aggregate follow.
    private static @Nullable String[] later(List<StampedEvent> events) {
        var left =
                new HashMap<>(
                        events.stream().collect(groupingBy(StampedEvent::aggregate, counting())));
        return Column.of(events, event -> left.merge(event.aggregate(), -1L, Long::sum));
    }

    private String whatIsWrong(StampedEvent event) {
        return "%s of %s has the number %d, and %s"
                .formatted(
                        event.event().getClass().getSimpleName(),
                        event.aggregate(),
                        event.number(),
                        whatTheRootSays(event.event().aggregateId()));
    }

    private String whatTheRootSays(String aggregateId) {
        return jdbc
                .sql(
                        """
                        select case
                            when xmin = pg_current_xact_id()::xid then 'has counted to ' || %3$s
                            else 'was not written in this transaction' end
                        from %1$s
                        where %2$s = cast(:id as %4$s)
                        """
                                .formatted(
                                        table.table(),
                                        table.idColumn(),
                                        table.versionColumn(),
                                        table.idType()))
                .param("id", aggregateId)
                .query(String.class)
                .list()
                .stream()
                .reduce((one, other) -> "is there twice")
                .map(state -> "its row in %s %s".formatted(table.table(), state))
                .orElse("there is no row of it in " + table.table());
    }
}
