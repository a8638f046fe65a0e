package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Audit;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.codec.UnreadableEventException;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.internal.inbox.FailureClassifier.Kind;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Decoded;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Foreign;
import io.eventshop.messaging.internal.inbox.Incoming.Content.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
/// Two replays of one key take turns. Crash: what was applied is settled, in the same transaction.
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

    /// Events that one call applies; the caller calls again for more.
    private static final int REPLAY_MAX = 1000;

    /// What was done about a sequence.
    ///
    /// @param settled letters that were replayed or discarded by this call
    /// @param waiting letters of the sequence that are still open
    /// @param stoppedBy why a replay ended before its end; null if nothing failed
    record Report(int settled, int waiting, @Nullable String stoppedBy) {}

    /// Replays the sequence to which the letter belongs, from its oldest open letter on. Bounded:
    /// what is still waiting takes another call.
    ///
    /// @return empty if there is no such letter
    /// @throws InvalidEndpointRequestException if the actor is malformed
    Optional<Report> replay(String consumer, UUID eventId, String actor) {
        Audit.requireActor(actor);
        log.warn("audit: {} replays the sequence of event {} for {}", actor, eventId, consumer);
        return deadLetters.find(consumer, eventId).map(letter -> replay(letter, actor));
    }

    private Report replay(DeadLetter first, String actor) {
        var subscription = consumers.byName().get(first.consumer());
        if (subscription == null) {
            return report(first, 0, "this service has no such consumer any more");
        }
        int settled = 0;
        for (int step = 0; step < REPLAY_MAX; step++) {
            var next = deadLetters.next(first.sequence());
            if (next.isEmpty()) {
                break;
            }
            var letter = next.get();
            try {
                settled += transactions.run(() -> apply(subscription, letter, actor)) ? 1 : 0;
                breaker.succeeded(letter.consumer());
            } catch (RuntimeException | Error failure) {
                try (var _ = new NamedInLog(reader.read(subscription, letter.delivery()))) {
                    return failed(letter, failure, settled);
                }
            }
        }
        return report(first, settled, null);
    }

    /// @return false if another replay was quicker
    private boolean apply(Subscription<?> subscription, DeadLetter letter, String actor) {
        if (!lockIfNext(letter)) {
            return false;
        }
        var incoming = reader.read(subscription, letter.delivery());
        switch (incoming.content()) {
            case Decoded _ -> {
                if (isFresh(letter, incoming)) {
                    handling.handle(subscription, List.of(incoming));
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
        blockedKeys.unblockIfEmpty(letter.sequence());
        return settled;
    }

    /// A letter that was not believed stands under its position's id. What may be believed now,
    /// with a newer catalog, may have been applied under its own id meanwhile.
    private boolean isFresh(DeadLetter letter, Incoming incoming) {
        return incoming.id().equals(letter.eventId())
                || !processed.mark(letter.consumer(), List.of(incoming)).isEmpty();
    }

    /// Looks again after the lock was taken: before, it may all have been different.
    private boolean lockIfNext(DeadLetter letter) {
        return blockedKeys.lock(letter.sequence())
                && deadLetters
                        .next(letter.sequence())
                        .filter(next -> next.eventId().equals(letter.eventId()))
                        .isPresent();
    }

    private Report failed(DeadLetter letter, Throwable thrown, int settled) {
        var failure = Failure.of(thrown);
        log.warn("{}: event {} failed again", letter.consumer(), letter.eventId(), thrown);
        if (FailureClassifier.classify(thrown) == Kind.POISON) {
            var _ = transactions.run(() -> deadLetters.failedAgain(letter, failure));
        }
        return report(letter, settled, letter.eventId() + ": " + failure.reason());
    }

    /// Decides that the event is never applied, for good. What waits behind it goes on waiting for
    /// a replay.
    ///
    /// @return empty if there is no such letter; nothing settled if it was settled before
    /// @throws InvalidEndpointRequestException if the actor or the reason is malformed
    Optional<Report> discard(String consumer, UUID eventId, String actor, String reason) {
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        log.warn("audit: {} discards event {} for {}: {}", actor, eventId, consumer, reason);
        return deadLetters
                .find(consumer, eventId)
                .map(letter -> transactions.run(() -> discard(letter, actor, reason)));
    }

    private Report discard(DeadLetter letter, String actor, String reason) {
        int settled = 0;
        if (blockedKeys.lock(letter.sequence())) {
            settled = deadLetters.settle(letter, Status.DISCARDED, actor, reason) ? 1 : 0;
            blockedKeys.unblockIfEmpty(letter.sequence());
        }
        return report(letter, settled, null);
    }

    private Report report(DeadLetter letter, int settled, @Nullable String stoppedBy) {
        return new Report(settled, deadLetters.countOpen(letter.sequence()), stoppedBy);
    }
}
