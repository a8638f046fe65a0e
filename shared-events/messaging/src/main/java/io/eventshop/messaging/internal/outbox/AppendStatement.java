package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.AggregateTable;
import io.eventshop.messaging.EventMetadata;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes the events of one aggregate, in a single statement.
///
/// It joins the aggregate's root row, for two reasons. The row's counter numbers the events: it
/// counts them already, so the last of *n* events has the counter's value and the first has *n* − 1
/// less. And the row must be this transaction's own work, which its `xmin` tells: only then do we
/// hold its lock until we commit, and nobody can append to this aggregate meanwhile. Identity
/// values are drawn in the order of the `order by`.
record AppendStatement(JdbcClient jdbc, String aggregateType, String sql) {

    AppendStatement(JdbcClient jdbc, AggregateTable table) {
        this(jdbc, table.aggregateType(), sql(table));
    }

    /// One for each kind of aggregate, by its type.
    static Map<String, AppendStatement> all(JdbcClient jdbc, List<AggregateTable> tables) {
        return tables.stream()
                .collect(
                        Collectors.toMap(
                                AggregateTable::aggregateType,
                                table -> new AppendStatement(jdbc, table)));
    }

    private static String sql(AggregateTable table) {
        return """
        insert into messaging.outbox (
            shard, id, topic, aggregate_type, aggregate_id, type, source, data_schema,
            occurred_at, aggregate_version, correlation_id, causation_id, traceparent,
            size, payload)
        select
            :shard, event.id, event.topic, :aggregateType, :aggregateId, event.type, :source,
            event.data_schema, :time, root.%3$s - :count + event.number, :correlationId,
            cast(:causationId as text), cast(:traceparent as text),
            event.size, event.payload
        from %1$s root
        cross join unnest(
            cast(:ids as uuid[]), cast(:topics as text[]), cast(:types as text[]),
            cast(:dataSchemas as text[]), cast(:sizes as integer[]), cast(:payloads as json[])
        ) with ordinality as event(id, topic, type, data_schema, size, payload, number)
        where root.%2$s = cast(:aggregateId as %4$s)
          and root.xmin = pg_current_xact_id()::xid
        order by event.number
        returning aggregate_version
        """
                .formatted(table.table(), table.idColumn(), table.versionColumn(), table.idType());
    }

    /// @return the rows with their numbers
    List<OutboxRow> append(int shard, List<OutboxRow> rows) {
        List<Long> versions = insert(shard, rows);

        if (versions.isEmpty()) {
            throw new IllegalStateException(
                    "%s %s was not written and flushed in this transaction: save it and flush before its events are appended"
                            .formatted(aggregateType, rows.getFirst().metadata().subject()));
        }
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i).withAggregateVersion(versions.get(i)))
                .toList();
    }

    private List<Long> insert(int shard, List<OutboxRow> rows) {
        EventMetadata first = rows.getFirst().metadata();
        return jdbc.sql(sql)
                .param("shard", shard)
                .param("aggregateType", aggregateType)
                .param("aggregateId", first.subject())
                .param("source", first.source())
                .param("time", first.time().atOffset(ZoneOffset.UTC))
                .param("count", rows.size())
                .param("correlationId", first.correlationId())
                .param("causationId", first.causationId())
                .param("traceparent", first.traceparent())
                .param("ids", texts(rows, row -> row.metadata().id().toString()))
                .param("topics", texts(rows, OutboxRow::topic))
                .param("types", texts(rows, row -> row.metadata().type()))
                .param("dataSchemas", texts(rows, row -> row.metadata().dataSchema()))
                .param(
                        "sizes",
                        rows.stream().map(row -> row.toRecord().size()).toArray(Integer[]::new))
                .param(
                        "payloads",
                        texts(rows, row -> new String(row.payload(), StandardCharsets.UTF_8)))
                .query((result, _) -> result.getLong("aggregate_version"))
                .list();
    }

    private static String[] texts(List<OutboxRow> rows, Function<OutboxRow, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }
}
