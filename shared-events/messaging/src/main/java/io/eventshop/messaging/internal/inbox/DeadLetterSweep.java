package io.eventshop.messaging.internal.inbox;

import io.eventshop.messaging.Audit;
import io.eventshop.messaging.internal.inbox.DeadLetters.Selected;
import io.eventshop.messaging.internal.inbox.DeadLetters.Selection;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/// Replays or discards many letters in one call: those of a key, of one kind of failure, or all of
/// a consumer. It goes through their sequences, the one with the oldest letter first, and does to
/// each what [DeadLetterDesk] does to one; a sequence that fails stops no other.
///
/// A call is bounded, by letters and by time, and tells where the next one begins. So repeated
/// calls come to the end, however many sequences fail again. Crash: what was committed is done, and
/// the same call again does the rest. Of two calls at once, each letter is settled by one.
///
/// @param timeMax after which no other sequence is begun: who waits for the answer should get one
record DeadLetterSweep(DeadLetters deadLetters, DeadLetterDesk desk, Duration timeMax) {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterSweep.class);

    /// Letters, and as many sequences, after which no other sequence is begun.
    private static final int LETTERS_MAX = 1000;

    @Autowired
    DeadLetterSweep(DeadLetters deadLetters, DeadLetterDesk desk) {
        this(deadLetters, desk, Duration.ofSeconds(10));
    }

    /// @param settled letters that were replayed or discarded by this call
    /// @param waiting letters that are meant, and still open
    /// @param stopped sequences that were left before their end
    /// @param stoppedBy by what, of the first five
    /// @param next to be given as `after` to the next call, which goes on behind the sequences of
    ///   this one; null if there are no more
    record Report(
            int settled, int waiting, int stopped, List<String> stoppedBy, @Nullable Long next) {}

    /// Replays the sequences in which a letter is meant, each from its oldest open letter on, to
    /// its end or its first failure.
    ///
    /// @param after the last call's `next`; 0 for the first one
    /// @throws InvalidEndpointRequestException if the actor is malformed
    Report replay(Selection selection, long after, String actor) {
        Audit.requireActor(actor);
        return sweep(
                selection,
                after,
                (sequence, done) -> desk.replay(sequence, actor, done),
                done ->
                        log.warn(
                                "audit: {} replayed {} letters of {}; {} keys were left before"
                                        + " their end",
                                actor,
                                done.settled(),
                                nameOf(selection),
                                done.stopped()));
    }

    /// Discards the letters that are meant, those of each sequence in one transaction. What waits
    /// behind them and is not meant goes on waiting for a replay.
    ///
    /// @param after the last call's `next`; 0 for the first one
    /// @throws InvalidEndpointRequestException if the actor or the reason is malformed
    Report discard(Selection selection, long after, String actor, String reason) {
        Audit.requireActor(actor);
        Audit.requireReason(reason);
        return sweep(
                selection,
                after,
                (sequence, done) -> desk.discard(selection, sequence, actor, reason, done),
                done ->
                        log.warn(
                                "audit: {} discarded {} letters of {}: {}",
                                actor,
                                done.settled(),
                                nameOf(selection),
                                reason));
    }

    private Report sweep(
            Selection selection,
            long after,
            BiConsumer<Sequence, Tally> work,
            Consumer<Tally> audit) {
        var done = new Tally();
        Long next;
        try {
            next = goThrough(selection, after, work, done);
        } finally {
            if (done.isAny()) {
                audit.accept(done);
            }
        }
        return new Report(
                done.settled(),
                deadLetters.countOpen(selection),
                done.stopped(),
                done.stops(),
                next);
    }

    /// @return where the next call begins; null if it has nothing to do
    private @Nullable Long goThrough(
            Selection selection, long after, BiConsumer<Sequence, Tally> work, Tally done) {
        var sequences = deadLetters.sequences(selection, after, LETTERS_MAX);
        long start = System.nanoTime();
        for (Selected selected : sequences) {
            work.accept(selected.sequence(), done);
            if (done.settled() >= LETTERS_MAX || System.nanoTime() - start >= timeMax.toNanos()) {
                return selected.seq();
            }
        }
        return sequences.size() < LETTERS_MAX ? null : sequences.getLast().seq();
    }

    /// For the log. A line is only written where letters were found: so the names are ours.
    private static String nameOf(Selection selection) {
        var name = new StringBuilder(String.valueOf(selection.consumer()));
        if (selection.fingerprint() != null) {
            name.append(" with the fingerprint ").append(selection.fingerprint());
        }
        if (selection.key() != null) {
            String key = NamedInLog.shown(selection.key());
            name.append(key == null ? " with a key that is not shown" : " with the key " + key);
        }
        return name.toString();
    }
}
