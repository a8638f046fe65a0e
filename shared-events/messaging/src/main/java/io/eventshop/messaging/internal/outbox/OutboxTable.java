package io.eventshop.messaging.internal.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.eventshop.contracts.NumberedEvent;
import io.eventshop.messaging.AppendListener;
import io.eventshop.messaging.Appended;
import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.Outbox;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The outbox as a table that a relay empties. The one way into it, for requests as for the inbox:
/// flush, one statement for each kind of aggregate, history; after the commit it wakes the relays.
///
/// @param participating joins the running transaction, and lets it only roll back after a failure
/// @param statements by the type of their aggregates
public record OutboxTable(
        TransactionTemplate participating,
        Map<String, AppendStatement> statements,
        Stamp stamp,
        List<AppendListener> listeners,
        IntConsumer relayWakeUp)
        implements Outbox {

    @Override
    public void append(List<NumberedEvent> events) {
        var flow =
                Correlation.current()
                        .orElseGet(
                                () -> new Correlation(stamp.ids().generateId().toString(), null));
        participating.executeWithoutResult(transaction -> {
            if (flow.causationId() != null) {
                throw new IllegalStateException(
                        "what answers an event is returned by its handler, and appended with the batch");
            }
            write(stamp.on(events, flow), transaction);
        });
    }

    /// As [#append], for events that have their stamp. Flushes also if there are none.
    public void write(List<StampedEvent> events) {
        participating.executeWithoutResult(transaction -> write(events, transaction));
    }

    private void write(List<StampedEvent> events, TransactionStatus transaction) {
        transaction.flush();
        if (events.isEmpty()) {
            return;
        }
        Written.inThisTransaction(relayWakeUp).add(events);
        // One kind after the other: order is promised for the events of one key.
        events.stream()
                .collect(groupingBy(event -> event.topic().aggregateType()))
                .forEach((type, its) -> statementFor(type).append(its));
        List<Appended> appended = events.stream().map(StampedEvent::appended).toList();
        listeners.forEach(listener -> listener.appended(appended));
    }

    private AppendStatement statementFor(String aggregateType) {
        AppendStatement statement = statements.get(aggregateType);
        if (statement == null) {
            throw new IllegalStateException(
                    "no AggregateTable bean says where the root rows of " + aggregateType + " lie");
        }
        return statement;
    }

    /// What the running transaction has appended.
    ///
    /// Work with the database after a commit would need a second connection while the first is
    /// still held, so this only wakes threads, before anything else. If it never happens the relays
    /// find the rows by their polls.
    private record Written(IntConsumer relayWakeUp, Set<String> aggregates, Set<Integer> shards)
            implements TransactionSynchronization {

        static Written inThisTransaction(IntConsumer relayWakeUp) {
            for (var known : TransactionSynchronizationManager.getSynchronizations()) {
                if (known instanceof Written written) {
                    return written;
                }
            }
            var written = new Written(relayWakeUp, new HashSet<>(), new TreeSet<>());
            TransactionSynchronizationManager.registerSynchronization(written);
            return written;
        }

        void add(List<StampedEvent> events) {
            Set<String> now = events.stream().map(StampedEvent::aggregate).collect(toSet());
            var again = now.stream().filter(aggregates::contains).toList();
            if (!again.isEmpty()) {
                throw new IllegalStateException(
                        "events of %s were appended in this transaction before: append all at once"
                                .formatted(again));
            }
            aggregates.addAll(now);
            events.forEach(event -> shards.add(Shard.of(event.event().aggregateId())));
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            shards.forEach(relayWakeUp::accept);
        }
    }
}
