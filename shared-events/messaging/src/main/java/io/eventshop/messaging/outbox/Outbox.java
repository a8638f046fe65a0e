package io.eventshop.messaging.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.OutgoingRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Where a service puts its events: a table in the same database, written in the same transaction
/// as the aggregate (the transactional outbox of Chris Richardson's *Microservices Patterns*). What
/// commits is published, at least once and in the aggregate's order; what rolls back is not.
///
/// A crash before the commit leaves nothing; a crash after it leaves the row, which this or any
/// other instance of the service publishes. The broker may be down: appending does not notice.
public final class Outbox {

    private final Map<String, AppendStatement> statements;
    private final Stamp stamp;
    private final IntConsumer relayWakeUp;

    Outbox(JdbcClient jdbc, List<AggregateTable> tables, Stamp stamp, IntConsumer relayWakeUp) {
        this.statements =
                tables.stream()
                        .map(table -> new AppendStatement(jdbc, table))
                        .collect(
                                Collectors.toMap(
                                        AppendStatement::aggregateType, Function.identity()));
        this.stamp = stamp;
        this.relayWakeUp = relayWakeUp;
    }

    /// Appends the events that one aggregate returned, in order, to the running transaction.
    ///
    /// The aggregate's root row must have been written and flushed in this transaction, with its
    /// count of events already including these. The lock on that row is what makes the outbox's
    /// order the aggregate's order: who writes later, appends later. A write inside a savepoint
    /// does not count.
    ///
    /// @return what was added to each event, in the same order
    /// @throws IllegalStateException outside a transaction, or if the root row was not written in
    ///   it
    /// @throws IllegalArgumentException if an event is larger than the limit, or the events are of
    ///   several aggregates
    public List<EventMetadata> append(List<? extends Event> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "an event is appended in the transaction that changes its aggregate; there is"
                            + " none");
        }
        AppendStatement statement = statementFor(events);
        List<OutboxRow> rows = stamp.rows(events);
        rows.forEach(Outbox::requireAcceptableSize);

        int shard = Shard.of(events.getFirst().aggregateId());
        List<OutboxRow> written = statement.append(shard, rows);

        wakeRelayAfterCommit(shard);
        return written.stream().map(OutboxRow::metadata).toList();
    }

    /// As [#append(List)], for one event.
    public EventMetadata append(Event event) {
        return append(List.of(event)).getFirst();
    }

    private AppendStatement statementFor(List<? extends Event> events) {
        var aggregates =
                events.stream()
                        .map(event -> aggregateType(event) + " " + event.aggregateId())
                        .distinct()
                        .toList();
        if (aggregates.size() > 1) {
            throw new IllegalArgumentException(
                    "events of several aggregates in one call: " + aggregates);
        }
        String aggregateType = aggregateType(events.getFirst());
        AppendStatement statement = statements.get(aggregateType);
        if (statement == null) {
            throw new IllegalStateException(
                    "no AggregateTable bean says where the root rows of " + aggregateType + " lie");
        }
        return statement;
    }

    private static String aggregateType(Event event) {
        return EventCatalog.of(event.getClass()).topic().aggregateType();
    }

    private static void requireAcceptableSize(OutboxRow row) {
        int size = row.toRecord().size();
        if (size > OutgoingRecord.SIZE_MAX) {
            throw new IllegalArgumentException(
                    "%s of %s has %,d bytes; the limit is %,d"
                            .formatted(
                                    row.metadata().type(),
                                    row.metadata().subject(),
                                    size,
                                    OutgoingRecord.SIZE_MAX));
        }
    }

    /// Work with the database after a commit would need a second connection while the first is
    /// still held, so this only wakes a thread. If it never happens the relay finds the row by its
    /// poll.
    private void wakeRelayAfterCommit(int shard) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        relayWakeUp.accept(shard);
                    }
                });
    }
}
