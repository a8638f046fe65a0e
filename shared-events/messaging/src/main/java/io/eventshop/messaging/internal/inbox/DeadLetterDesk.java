package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Audit;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.codec.UnreadableEventException;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.inbox.DeadLetters.Selection;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Foreign;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a person decides about dead letters: replays the sequence of a key, or discards a letter.
///
/// A replay applies the open letters of one key in order, each in a transaction that first locks
/// the blocked key. While it holds the lock, the consumer waits before it parks or applies an event
/// of that key; the transaction that settles the last letter unblocks the key. So a follower that
/// arrives at any moment is either parked before that, and replayed, or applied after it. At the
/// first letter that fails again the replay stops, and the rest keeps waiting.
///
/// Two replays of one key take turns; one that waits in vain for the other, or for anybody else's
/// lock, stops there, and the service goes on with its event. Crash: what was applied is settled,
/// in the same transaction.
record DeadLetterDesk(
        Consumers consumers,
        IncomingReader reader,
        BoundedTransactions transactions,
        BlockedKeys blockedKeys,
        DeadLetters deadLetters,
        ProcessedMessages processed,
        Handling handling,
        Breaker breaker) {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterDesk.class);

    /// Events of one sequence that one call applies; the caller calls again for more.
    private static final int REPLAY_MAX = 1000;

    /// What was done about a sequence.
    ///
    /// @param settled letters that were replayed or discarded by this call
    /// @param waiting letters of the sequence that are still open
    /// @param stoppedBy why a replay ended before its end; null if it did not
    record Report(int settled, int waiting, @Nullable String stoppedBy) {}

    /// Replays the sequence to which the letter belongs, from its oldest open letter on. Bounded:
    /// what is still waiting takes another call.
    ///
    /// @return empty if there is no such letter
    /// @throws InvalidEndpointRequestException if the actor is malformed
    Optional<Report> replay(String consumer, UUID eventId, String actor) {
        Audit.requireActor(actor);
        return deadLetters.find(consumer, eventId).map(letter -> replay(letter, actor));
    }

    private Report replay(DeadLetter first, String actor) {
        var done = new Tally();
        try {
            replay(first.sequence(), actor, done);
            return report(first, done);
        } finally {
            log.warn(
                    "audit: {} replayed {} letters of {}, the sequence of event {}",
                    actor,
                    done.settled(),
                    first.consumer(),
                    first.eventId());
        }
    }

    /// Replays the sequence from its oldest open letter on, and loads one letter at a time.
    ///
    /// @param done counts each event as soon as it is committed
    void replay(Sequence sequence, String actor, Tally done) {
        var subscription = consumers.byName().get(sequence.consumer());
        if (subscription == null) {
            done.stoppedBy("this service has no such consumer any more");
            return;
        }
        for (int step = 0; step < REPLAY_MAX; step++) {
            var next = deadLetters.next(sequence);
            if (next.isEmpty()) {
                return;
            }
            var letter = next.get();
            try {
                var lockTimeout = transactions.lockTimeout(false);
                done.settle(
                        transactions.run(lockTimeout, () -> apply(subscription, letter, actor))
                                ? 1
                                : 0);
            } catch (RuntimeException | Error failure) {
                try (var _ = new NamedInLog(reader.read(subscription, letter.delivery()))) {
                    done.stoppedBy(failed(letter, failure));
                }
                return;
            }
        }
        deadLetters
                .next(sequence)
                .ifPresent(letter ->
                        done.stoppedBy(
                                "%s: one call replays at most %d events of a key"
                                        .formatted(letter.eventId(), REPLAY_MAX)));
    }

    /// @return false if another replay was quicker
    private boolean apply(Subscription<?> subscription, DeadLetter letter, String actor) {
        if (!blockedKeys.lockIfNext(letter, deadLetters)) {
            return false;
        }
        var incoming = reader.read(subscription, letter.delivery());
        switch (incoming.content()) {
            case Decoded _ -> {
                if (isFresh(letter, incoming)) {
                    handling.handle(subscription, List.of(incoming));
                    AfterCommit.run(() -> breaker.succeeded(letter.consumer()));
                } else {
                    AfterCommit.run(() -> log.info("{} was applied before", incoming.id()));
                }
            }
            case Unreadable(String reason) -> throw new UnreadableEventException(reason);
            case Foreign _ ->
                    AfterCommit.run(() ->
                            log.info(
                                    "{} does not handle {} any more",
                                    letter.consumer(),
                                    letter.eventId()));
        }
        boolean settled = deadLetters.settle(letter, Status.REPLAYED, actor, "replayed");
        if (letter.status() == Status.WAITING) {
            deadLetters.letNextWait(letter.sequence());
        }
        blockedKeys.unblockIfEmpty(letter.sequence());
        return settled;
    }

    /// A letter that was not believed stands under its position's id. What may be believed now,
    /// with a newer catalog, may have been applied under its own id meanwhile.
    private boolean isFresh(DeadLetter letter, Incoming incoming) {
        return incoming.id().equals(letter.eventId())
                || !processed.mark(letter.consumer(), List.of(incoming)).isEmpty();
    }

    private String failed(DeadLetter letter, Throwable thrown) {
        var failure = Failure.of(thrown);
        log.warn("{}: event {} failed again", letter.consumer(), letter.eventId(), thrown);
        switch (FailureClassifier.classify(thrown)) {
            case POISON -> {
                var _ = transactions.run(() -> deadLetters.failedAgain(letter, failure));
            }
            case LOCKED -> {
                // From now on the service goes on trying what somebody wanted to be applied.
                var _ = transactions.run(() -> deadLetters.waits(letter, failure));
            }
            case CONTENTION, INFRASTRUCTURE, SERVER -> {}
        }
        return letter.eventId() + ": " + failure.reason();
    }

    /// Decides that the event is never applied, for good. What waits behind it goes on waiting for
    /// a replay.
    ///
    /// @return empty if there is no such letter; nothing settled if it was settled before
    /// @throws InvalidEndpointRequestException if the actor or the reason is malformed
    Optional<Report> discard(String consumer, UUID eventId, String actor, String reason) {
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        return deadLetters.find(consumer, eventId).map(letter -> discard(letter, actor, reason));
    }

    private Report discard(DeadLetter letter, String actor, String reason) {
        var done = new Tally();
        try {
            done.settle(
                    settle(
                            letter.sequence(),
                            () ->
                                    deadLetters.settle(letter, Status.DISCARDED, actor, reason)
                                            ? 1
                                            : 0));
            return report(letter, done);
        } finally {
            log.warn(
                    "audit: {} discarded {} letters of {}, event {}: {}",
                    actor,
                    done.settled(),
                    letter.consumer(),
                    letter.eventId(),
                    reason);
        }
    }

    /// Discards those letters of the sequence that are meant, in one transaction.
    void discard(Selection selection, Sequence sequence, String actor, String reason, Tally done) {
        try {
            done.settle(
                    settle(
                            sequence,
                            () -> deadLetters.discard(selection, sequence, actor, reason)));
        } catch (RuntimeException failure) {
            log.warn("{}: letters of one key were not discarded", sequence.consumer(), failure);
            done.stoppedBy(Failure.of(failure).reason());
        }
    }

    /// @return how many letters were settled under the lock
    private int settle(Sequence sequence, IntSupplier settling) {
        return transactions.run(() -> {
            blockedKeys.block(sequence);
            int settled = settling.getAsInt();
            blockedKeys.unblockIfEmpty(sequence);
            return settled;
        });
    }

    /// Whether letters may be of this consumer: it is one of the service, or was one.
    boolean knows(String consumer) {
        return consumers.byName().containsKey(consumer) || deadLetters.isKnown(consumer);
    }

    private Report report(DeadLetter letter, Tally done) {
        return new Report(
                done.settled(), deadLetters.countOpen(letter.sequence()), done.firstStop());
    }
}
