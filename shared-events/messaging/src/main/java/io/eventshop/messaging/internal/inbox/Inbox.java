package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.transport.Delivery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies what arrives exactly once in effect, although it arrives at least once: the mark that an
/// event is processed and the effects of its handler commit in one transaction of the service's
/// database.
///
/// A batch goes through in one transaction:
///
/// 1. Mark all its events as processed. Those that were marked before are duplicates.
/// 2. In a statement of its own, look which of their keys are blocked. An event of a blocked key is
///    parked behind the dead letter; an event that cannot be read becomes one, and blocks its key.
/// 3. Let the subscription load and lock, in one order, every row that the rest of the batch will
///    touch.
/// 4. Call the handlers in the order of arrival; they decide on what is loaded.
/// 5. Write: one flush of what they have changed, one statement for each kind of aggregate whose
///    events they have returned, the history; and commit.
///
/// The marks go first: a second owner of the same events waits there, before it has read anything.
///
/// If that fails, nothing has happened, and each event goes through the same steps in a transaction
/// of its own, so that the one to blame is found. If it is the event's fault, it becomes a dead
/// letter in a transaction with its mark, and only if the mark was still missing: the failure may
/// have been a connection that died after its commit had succeeded. If somebody holds a lock that
/// it needs, it steps aside in the same way, and [WaitingEvents] tries it again. If the
/// infrastructure failed, or another transaction won, the failure is thrown, and the batch comes
/// again later; what was applied by then is a duplicate.
///
/// What many keys in a row have failed of is nobody's fault but the consumer's: it stops, see
/// [Breaker].
///
/// Crash at any point: what did not commit comes again, because the broker hears of a batch after
/// this class is done with it. Late and twice: a duplicate. Out of order within a key: never, since
/// an event does not pass an earlier one of its key that failed.
///
/// Handlers may throw anything. An error is treated as an exception is, a stack overflow included;
/// only a JVM that is out of memory or broken is not asked for a verdict: its error is thrown on.
///
/// The pattern is Idempotent Consumer (Hohpe and Woolf call it Idempotent Receiver).
public record Inbox(
        IncomingReader reader,
        BoundedTransactions transactions,
        BatchTransaction batchTransaction,
        Strikes strikes,
        Breaker breaker,
        InboxMeters meters,
        InboxProperties properties) {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /// Deals with every record of the batch: applied, parked, dead-lettered, ignored or recognised.
    ///
    /// @param deliveries of each lane in its order
    /// @throws RuntimeException if the infrastructure failed, or the time for one batch is over;
    ///   some of the batch may have been applied, and all of it is to be delivered again
    public void receive(Subscription<?> subscription, List<Delivery> deliveries) {
        long end = System.nanoTime() + properties.batchTime().toNanos();
        var batch = deliveries.stream().map(record -> reader.read(subscription, record)).toList();
        if (breaker.isOpen(subscription.name())) {
            probe(subscription, batch);
        }
        try {
            apply(subscription, batch, transactions.lockTimeout(false), () -> {});
        } catch (RuntimeException | Error failure) {
            Kind kind = FailureClassifier.classify(failure);
            log.debug("{}: {}, going event by event", subscription.name(), kind, failure);
            if (batch.size() > 1) {
                meters.batchFailed(subscription.name());
            }
            applyOneByOne(subscription, batch, end);
        }
    }

    /// A key that another instance, or a person, is dealing with this very moment is left to them
    /// with all that follows of it, and the others go on.
    private void applyOneByOne(Subscription<?> subscription, List<Incoming> batch, long end) {
        boolean isLocked = false;
        var inUse = new HashSet<Sequence>();
        for (Incoming incoming : batch) {
            if (System.nanoTime() - end > 0) {
                throw BatchUnfinishedException.outOfTime(incoming.delivery().position());
            }
            if (!inUse.contains(incoming.sequence())) {
                var attempt =
                        applyAlone(subscription, incoming, transactions.lockTimeout(isLocked));
                isLocked |= attempt != Attempt.CONCLUDED;
                if (attempt == Attempt.IN_USE) {
                    var _ = inUse.add(incoming.sequence());
                }
            }
        }
        if (!inUse.isEmpty()) {
            throw BatchUnfinishedException.inUse(inUse.size());
        }
    }

    /// Tries one event of another key each time: the first of them may be poison by itself. Goes on
    /// to the whole batch when one succeeds, or when there is none to try.
    private void probe(Subscription<?> subscription, List<Incoming> batch) {
        var keys = new HashSet<Sequence>();
        var firstOfKeys =
                batch.stream()
                        .filter(incoming -> incoming.content() instanceof Decoded)
                        .filter(incoming -> keys.add(incoming.sequence()))
                        .toList();
        if (!firstOfKeys.isEmpty()) {
            int turn = Math.floorMod(breaker.nextProbe(subscription.name()), firstOfKeys.size());
            var _ =
                    applyAlone(
                            subscription, firstOfKeys.get(turn), transactions.lockTimeout(false));
        }
    }

    private enum Attempt {
        /// Applied, parked, dead-lettered, ignored or recognised.
        CONCLUDED,
        /// It waits for a lock, aside.
        WAITS,
        /// The event, or its key, is what is locked: somebody else is dealing with it.
        IN_USE
    }

    private Attempt applyAlone(
            Subscription<?> subscription, Incoming incoming, Duration lockTimeout) {
        try (var watch = transactions.watchLocks(lockTimeout)) {
            try {
                apply(subscription, List.of(incoming), lockTimeout, watch::begin);
                strikes.clear(incoming);
                return Attempt.CONCLUDED;
            } catch (RuntimeException | Error thrown) {
                try (var _ = new NamedInLog(incoming)) {
                    if (FailureClassifier.classify(thrown) == Kind.LOCKED) {
                        return setAside(incoming, lockTimeout, watch.holders());
                    }
                    if (!isToBlame(incoming, thrown)) {
                        log.warn(
                                "{}: event {} has to wait",
                                incoming.consumer(),
                                incoming.id(),
                                thrown);
                        throw thrown;
                    }
                    bury(incoming, thrown);
                    return Attempt.CONCLUDED;
                }
            }
        }
    }

    private void apply(
            Subscription<?> subscription,
            List<Incoming> batch,
            Duration lockTimeout,
            Runnable before) {
        var fates =
                transactions.run(
                        lockTimeout,
                        () -> {
                            before.run();
                            return batchTransaction.apply(subscription, batch);
                        });
        for (int i = 0; i < batch.size(); i++) {
            tell(batch.get(i), fates.get(i));
        }
        if (fates.contains(Fate.HANDLED)) {
            breaker.succeeded(subscription.name());
        }
    }

    private Attempt setAside(Incoming incoming, Duration lockTimeout, String holders) {
        var why = Failure.waiting(holders);
        try {
            var fate =
                    transactions.run(lockTimeout, () -> batchTransaction.setAside(incoming, why));
            log.warn(
                    "{}: event {} steps aside with its key, for a lock is held by: {}",
                    incoming.consumer(),
                    incoming.id(),
                    holders);
            tell(incoming, fate);
            return Attempt.WAITS;
        } catch (RuntimeException failure) {
            if (FailureClassifier.classify(failure) != Kind.LOCKED) {
                throw failure;
            }
            log.warn(
                    "{}: event {} is in use; a lock is held by: {}",
                    incoming.consumer(),
                    incoming.id(),
                    holders);
            return Attempt.IN_USE;
        }
    }

    /// Losing against another transaction never is the event's fault, however often it happens, nor
    /// is a server that takes no writes, although it answers. A failure of the infrastructure may
    /// be, where nothing else shows one.
    private boolean isToBlame(Incoming incoming, Throwable failure) {
        return switch (FailureClassifier.classify(failure)) {
            case POISON -> true;
            case CONTENTION, LOCKED, SERVER -> false;
            case INFRASTRUCTURE -> isOut(incoming);
        };
    }

    private boolean isOut(Incoming incoming) {
        if (!transactions.databaseAnswers()) {
            strikes.clear(incoming);
            return false;
        }
        return strikes.isOut(incoming);
    }

    private void bury(Incoming incoming, Throwable failure) {
        log.warn("{}: event {} cannot be applied", incoming.consumer(), incoming.id(), failure);
        var why = Failure.of(failure);
        if (breaker.failed(incoming, why)) {
            throw new ConsumerStoppedException(why.fingerprint(), failure);
        }
        var fate = transactions.run(() -> batchTransaction.bury(incoming, why));
        tell(incoming, fate);
    }

    /// Only of what has committed.
    private void tell(Incoming incoming, Fate fate) {
        meters.count(incoming, fate);
        if (fate == Fate.DEAD || fate == Fate.PARKED) {
            try (var _ = new NamedInLog(incoming)) {
                log.warn(
                        "{}: event {} at {} is {} and waits to be replayed or discarded",
                        incoming.consumer(),
                        incoming.id(),
                        incoming.delivery().position(),
                        fate);
            }
        }
    }
}
