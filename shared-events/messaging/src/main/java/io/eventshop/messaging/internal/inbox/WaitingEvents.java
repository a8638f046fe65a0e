package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.background.PeriodicWork;
import io.eventshop.messaging.internal.codec.UnreadableEventException;
import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Foreign;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries again the events that have stepped aside because somebody held a lock, for ever, and those
/// of their keys that have gathered behind them: in order, each in a transaction of its own that
/// holds the lock on its key, as a replay does (see [DeadLetterDesk]).
///
/// The letter of an event that succeeds is deleted in the transaction of its effects; what remains
/// is its mark. One that fails for another reason becomes a dead letter and waits for a person, and
/// what is behind it, too, unless whatever its consumer applies fails alike, see [Breaker]. Crash:
/// nothing has happened, and the event is due again.
final class WaitingEvents extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(WaitingEvents.class);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Consumers consumers;
    private final IncomingReader reader;
    private final BoundedTransactions transactions;
    private final BlockedKeys blockedKeys;
    private final DeadLetters deadLetters;
    private final ProcessedMessages processed;
    private final Handling handling;
    private final Breaker breaker;
    private final InboxMeters meters;

    WaitingEvents(
            Consumers consumers,
            IncomingReader reader,
            BoundedTransactions transactions,
            BlockedKeys blockedKeys,
            DeadLetters deadLetters,
            ProcessedMessages processed,
            Handling handling,
            Breaker breaker,
            InboxMeters meters) {
        super("inbox-waiting", INTERVAL, INTERVAL);
        this.consumers = consumers;
        this.reader = reader;
        this.transactions = transactions;
        this.blockedKeys = blockedKeys;
        this.deadLetters = deadLetters;
        this.processed = processed;
        this.handling = handling;
        this.breaker = breaker;
        this.meters = meters;
    }

    /// Everything that is due. After the first that has waited in vain the others wait shorter:
    /// they are likely to need the same lock.
    @Override
    protected void work(BooleanSupplier stopping) {
        boolean isLocked = false;
        while (!stopping.getAsBoolean()) {
            var due = deadLetters.claimDue();
            if (due.isEmpty()) {
                return;
            }
            isLocked |= !retry(due.get(), transactions.lockTimeout(isLocked));
        }
    }

    /// @return false if the lock is still held
    private boolean retry(DeadLetter letter, Duration lockTimeout) {
        var subscription = consumers.byName().get(letter.consumer());
        if (subscription == null) {
            return true; // of a consumer that this build does not have: somebody may discard it
        }
        var incoming = reader.read(subscription, letter.delivery());
        try (var _ = new NamedInLog(incoming);
                var watch = transactions.watchLocks(lockTimeout)) {
            try {
                boolean applied =
                        transactions.run(
                                lockTimeout,
                                () -> {
                                    watch.begin();
                                    return apply(subscription, incoming, letter);
                                });
                if (applied) {
                    meters.count(incoming, Fate.HANDLED);
                    log.info("{}: event {} has got its lock", letter.consumer(), letter.eventId());
                }
                return true;
            } catch (RuntimeException | Error failure) {
                return failed(incoming, letter, failure, watch);
            }
        }
    }

    private <P> boolean apply(Subscription<P> subscription, Incoming incoming, DeadLetter letter) {
        if (!blockedKeys.lockIfNext(letter, deadLetters)) {
            return false; // somebody has replayed or discarded it meanwhile
        }
        switch (incoming.content()) {
            case Decoded _ -> {
                handling.handle(subscription, List.of(incoming));
                AfterCommit.run(() -> breaker.succeeded(letter.consumer()));
            }
            case Unreadable(String reason) -> throw new UnreadableEventException(reason);
            case Foreign _ ->
                    AfterCommit.run(
                            () -> log.info("{} does not handle it any more", letter.consumer()));
        }
        deadLetters.remove(letter);
        deadLetters.letNextWait(letter.sequence());
        // It may have waited for longer than marks are kept.
        var _ = processed.mark(letter.consumer(), List.of(incoming));
        blockedKeys.unblockIfEmpty(letter.sequence());
        return true;
    }

    private boolean failed(
            Incoming incoming, DeadLetter letter, Throwable failure, LockWatch watch) {
        Kind kind = FailureClassifier.classify(failure);
        switch (kind) {
            case LOCKED -> {
                log.warn(
                        "{}: event {} still waits for a lock; held by: {}",
                        letter.consumer(),
                        letter.eventId(),
                        watch.holders());
                var _ = deadLetters.waits(letter, Failure.waiting(watch.holders()));
            }
            case POISON -> buryUnlessAllFail(incoming, letter, failure);
            case CONTENTION, INFRASTRUCTURE, SERVER ->
                    log.warn(
                            "{}: event {} has to wait",
                            letter.consumer(),
                            letter.eventId(),
                            failure);
        }
        return kind != Kind.LOCKED;
    }

    private void buryUnlessAllFail(Incoming incoming, DeadLetter letter, Throwable thrown) {
        log.warn("{}: event {} cannot be applied", letter.consumer(), letter.eventId(), thrown);
        var failure = Failure.of(thrown);
        if (incoming.content() instanceof Decoded && breaker.failed(incoming, failure)) {
            return; // it is not the event's fault, which goes on waiting
        }
        if (deadLetters.failedAgain(letter, failure)) {
            meters.count(incoming, Fate.DEAD);
        }
    }
}
