package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Foreign;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Unreadable;
import io.eventshop.messaging.internal.inbox.ProcessedMessages.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done with a batch inside one transaction; see [Inbox] for the steps and the reasons.
record BatchTransaction(
        ProcessedMessages processed,
        BlockedKeys blockedKeys,
        DeadLetters deadLetters,
        Handling handling) {

    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

    /// @return the fate of each record, in the order of the batch, provided that this commits
    List<Fate> apply(Subscription<?> subscription, List<Incoming> batch) {
        String consumer = subscription.name();
        var fresh = new HashSet<>(mark(consumer, batch));
        var blocked = new HashSet<>(lockBlocked(consumer, batch, fresh));
        var toHandle = new ArrayList<Incoming>();
        var fates = new ArrayList<Fate>();

        for (Incoming incoming : batch) {
            if (incoming.content() instanceof Foreign) {
                fates.add(Fate.IGNORED);
            } else if (!fresh.remove(incoming.id())) { // taken out, for duplicates in the batch
                fates.add(Fate.DUPLICATE);
            } else if (blocked.contains(incoming.sequence())) {
                deadLetters.add(incoming, Status.PARKED, Failure.PARKED);
                fates.add(Fate.PARKED);
            } else if (incoming.content() instanceof Unreadable unreadable) {
                addDead(incoming, new Failure(unreadable.reason(), "unreadable"));
                blocked.add(incoming.sequence());
                fates.add(Fate.DEAD);
            } else {
                toHandle.add(incoming);
                fates.add(Fate.HANDLED);
            }
        }
        handling.handle(subscription, toHandle);
        return withConflicts(consumer, batch, fates);
    }

    /// An id belongs to one event, and that to one topic and key. A record that says otherwise is
    /// dropped as any duplicate is, but not in silence: no outbox has sent it.
    private List<Fate> withConflicts(String consumer, List<Incoming> batch, List<Fate> fates) {
        if (!fates.contains(Fate.DUPLICATE)) {
            return fates;
        }
        var duplicates =
                IntStream.range(0, batch.size())
                        .filter(i -> fates.get(i) == Fate.DUPLICATE)
                        .boxed()
                        .toList();
        var marks = processed.marksOf(consumer, duplicates.stream().map(batch::get).toList());
        for (int i : duplicates) {
            var incoming = batch.get(i);
            var mark = marks.get(incoming.id());
            if (mark != null && !mark.fits(incoming.delivery().position())) {
                fates.set(i, Fate.CONFLICTING);
                tellConflict(incoming, mark);
            }
        }
        return fates;
    }

    private static void tellConflict(Incoming incoming, Mark mark) {
        try (var _ = new NamedInLog(incoming)) {
            AfterCommit.run(() ->
                    log.warn(
                            "{}: the record at {} has the id {} of another event at {}: dropped",
                            incoming.consumer(),
                            incoming.delivery().position(),
                            incoming.id(),
                            mark));
        }
    }

    /// Makes the event a dead letter that blocks its key, unless it was dealt with before: what
    /// failed may have been the connection, after a commit that succeeded.
    ///
    /// @return the fate of the record: dead or a duplicate
    Fate bury(Incoming incoming, Failure failure) {
        if (mark(incoming.consumer(), List.of(incoming)).isEmpty()) {
            return Fate.DUPLICATE;
        }
        addDead(incoming, failure);
        return Fate.DEAD;
    }

    /// Lets the event step aside with its key until it is due, unless it was dealt with before. It
    /// fails with a lock timeout where another transaction is dealing with the event, or with the
    /// key, this very moment.
    ///
    /// @return the fate of the record: waiting, parked if its key is blocked by now, or a duplicate
    Fate setAside(Incoming incoming, Failure failure) {
        if (mark(incoming.consumer(), List.of(incoming)).isEmpty()) {
            return Fate.DUPLICATE;
        }
        if (blockedKeys.lock(incoming.sequence())) {
            deadLetters.add(incoming, Status.PARKED, Failure.PARKED);
            return Fate.PARKED;
        }
        blockedKeys.block(incoming.sequence());
        deadLetters.add(incoming, Status.WAITING, failure);
        return Fate.WAITING;
    }

    private Set<UUID> mark(String consumer, List<Incoming> batch) {
        var meant = batch.stream().filter(it -> !(it.content() instanceof Foreign)).toList();
        return meant.isEmpty() ? Set.of() : processed.mark(consumer, meant);
    }

    private Set<Sequence> lockBlocked(String consumer, List<Incoming> batch, Set<UUID> fresh) {
        var sequences =
                batch.stream()
                        .filter(incoming -> fresh.contains(incoming.id()))
                        .map(Incoming::sequence)
                        .collect(Collectors.toSet());
        return sequences.isEmpty() ? Set.of() : blockedKeys.lock(consumer, sequences);
    }

    private void addDead(Incoming incoming, Failure failure) {
        blockedKeys.block(incoming.sequence());
        deadLetters.add(incoming, Status.DEAD, failure);
    }
}
