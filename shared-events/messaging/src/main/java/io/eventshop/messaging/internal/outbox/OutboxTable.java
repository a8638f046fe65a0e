package io.eventshop.messaging.internal.outbox;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.Outbox;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The outbox as a table that a relay empties. After a commit it wakes the shard's relay.
///
/// @param statements by the type of their aggregates
record OutboxTable(
        Map<String, AppendStatement> statements,
        EventCatalog catalog,
        Stamp stamp,
        IntConsumer relayWakeUp)
        implements Outbox {

    @Override
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
        rows.forEach(OutboxTable::requireAcceptableSize);

        int shard = Shard.of(events.getFirst().aggregateId());
        List<OutboxRow> written = statement.append(shard, rows);

        wakeRelayAfterCommit(shard);
        return written.stream().map(OutboxRow::metadata).toList();
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

    private String aggregateType(Event event) {
        return catalog.of(event.getClass()).topic().aggregateType();
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
