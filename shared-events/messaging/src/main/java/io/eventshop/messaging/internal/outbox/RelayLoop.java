package io.eventshop.messaging.internal.outbox;

import io.eventshop.messaging.background.Pause;
import io.eventshop.messaging.background.Step;
import io.eventshop.messaging.internal.outbox.ShardQueue.Queued;
import io.eventshop.messaging.internal.transport.Outcome;
import io.eventshop.messaging.internal.transport.Outcome.Acked;
import io.eventshop.messaging.internal.transport.Outcome.Refused;
import io.eventshop.messaging.internal.transport.Outcome.Unknown;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import io.eventshop.messaging.internal.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/// Empties one shard of the outbox, pass by pass, for as long as the service runs.
///
/// A pass is one READ COMMITTED transaction:
///
/// 1. Take the shard's lock, as a statement of its own: in one statement with the select, the
///    select would read a snapshot from before the lock. If another instance has it, try again in
///    25 ms.
/// 2. Select the oldest rows in order, without those of parked keys, bounded in rows and bytes.
/// 3. Send them in order and stop at the first failure.
/// 4. Wait for the broker's answers, all under one deadline.
/// 5. Delete exactly the rows that were acknowledged, also after a failure: they are published, and
///    a backlog must shrink although whole passes may never succeed.
/// 6. Commit, which releases the lock. Go on at once while there is more; otherwise sleep until an
///    append wakes us, at most a second.
///
/// A failed pass is repeated after a pause of 0.2 to 2 s with half as many rows, **for ever**: an
/// unreachable broker is an outage and no reason to lose or to park anything.
///
/// A record that the broker *refuses* may be innocent: its neighbours in the batch are refused with
/// it. So the unpublished rows of its key become suspects, and the next passes send each of them
/// alone, oldest first. Whoever is refused alone parks its key; its rows stay under their old seq
/// until a person retries or discards, and all other keys flow.
///
/// Dead at any point: the lock goes with the connection, and the next pass of any instance begins
/// at the oldest row that still exists. What was acknowledged and not yet deleted is sent again;
/// the inbox drops it by its id. Two relays at work on one shard, because one was paused after the
/// database gave its lock away, are harmless for the same reason: both send every key as a prefix
/// without holes from its oldest unpublished row.
final class RelayLoop implements Step {

    private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);

    /// Enough to fill the broker's batches, few enough that they are deleted again before their
    /// copy in memory counts.
    private static final int ROWS_MAX = 1000;

    /// So that a pass fits the deadline over a slow link.
    private static final long BYTES_MAX = 1024 * 1024;

    /// How long a relay sleeps that nobody wakes: the longest an event of a crashed instance waits
    /// for another one.
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /// How long a relay waits that finds its shard taken by another instance.
    private static final Duration BUSY_DELAY = Duration.ofMillis(25);

    /// The first pause after a failed pass; doubled with each further one.
    private static final Duration RETRY_DELAY_MIN = Duration.ofMillis(200);

    private final int shard;
    private final ShardQueue queue;
    private final TransactionOperations transaction;
    private final Transport transport;
    private final OutboxProperties properties;
    private final OutboxMeters meters;

    private int rowsMax = ROWS_MAX;
    private int failures;
    private List<Queued> suspects = List.of();

    RelayLoop(
            int shard,
            ShardQueue queue,
            TransactionOperations transaction,
            Transport transport,
            OutboxProperties properties,
            OutboxMeters meters) {
        this.shard = shard;
        this.queue = queue;
        this.transaction = transaction;
        this.transport = transport;
        this.properties = properties;
        this.meters = meters;
    }

    /// How a pass ended, as far as the next one depends on it.
    private enum Pass {
        BUSY,
        DRAINED,
        MORE,
        FAILED
    }

    @Override
    public Pause run(BooleanSupplier stopping) {
        return switch (pass()) {
            case BUSY -> Pause.of(BUSY_DELAY);
            case DRAINED -> Pause.untilWoken(POLL_INTERVAL);
            case MORE -> Pause.NONE;
            case FAILED -> Pause.of(retryDelay());
        };
    }

    /// Ends the running pass: what was acknowledged until now is still deleted, the rest is for the
    /// next relay.
    @Override
    public void close() {
        transport.close();
    }

    private Pass pass() {
        try {
            return transaction.execute(_ -> passInTransaction());
        } catch (RuntimeException | Error e) {
            // Whatever it is, a relay that died of it would be worse.
            return failed(e.toString());
        }
    }

    private Pass passInTransaction() {
        if (!queue.tryLock()) {
            return Pass.BUSY;
        }
        List<Queued> rows = nextRows();
        if (rows.isEmpty()) {
            return nothingToSend();
        }
        long selected = System.nanoTime();
        List<Outcome> outcomes = transport.send(records(rows), properties.ackDeadline());

        List<Queued> acked = rowsThatAre(Acked.class, rows, outcomes);
        queue.delete(acked);
        meters.published(acked, System.nanoTime() - selected);
        return conclude(rows, outcomes);
    }

    private List<Queued> nextRows() {
        return suspects.isEmpty()
                ? queue.oldest(rowsMax, BYTES_MAX)
                : queue.only(suspects.getFirst().seq());
    }

    private Pass nothingToSend() {
        if (suspects.isEmpty()) {
            return succeeded(Pass.DRAINED);
        }
        // Another instance has published or parked it meanwhile. Once it is parked, someone may let
        // its key flow again at any moment, and the next suspect of the key would be sent before
        // it: what is to be sent is asked of the table again.
        suspects = List.of();
        return Pass.MORE;
    }

    private Pass conclude(List<Queued> rows, List<Outcome> outcomes) {
        List<Queued> refused = rowsThatAre(Refused.class, rows, outcomes);
        if (!refused.isEmpty()) {
            return rows.size() == 1
                    ? park(rows.getFirst(), outcomes.getFirst())
                    : suspect(refused, rowsThatAreNot(Acked.class, rows, outcomes));
        }
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Unknown(String reason)) {
                return failed(reason);
            }
        }
        if (!suspects.isEmpty()) {
            suspects = suspects.subList(1, suspects.size());
            return Pass.MORE;
        }
        return succeeded(isFull(rows) ? Pass.MORE : Pass.DRAINED);
    }

    /// The first row of a key goes first, also where only a later one was refused: sent the other
    /// way round, an accepted later one would overtake it.
    private Pass suspect(List<Queued> refused, List<Queued> unpublished) {
        suspects =
                unpublished.stream()
                        .filter(row -> refused.stream().anyMatch(row::hasKeyOf))
                        .toList();
        log.info(
                "shard {}: {} rows were refused together, trying each alone",
                shard,
                refused.size());
        return Pass.MORE;
    }

    private Pass park(Queued row, Outcome outcome) {
        String reason = outcome.toString();
        queue.park(row, reason);
        suspects = suspects.stream().filter(suspect -> !suspect.hasKeyOf(row)).toList();
        log.warn(
                "the broker will not take event {} of {} {}: the key is parked until someone retries"
                        + " or discards it: {}",
                row.row().metadata().id(),
                row.row().topic(),
                row.row().metadata().subject(),
                reason);
        return Pass.MORE;
    }

    private Pass succeeded(Pass pass) {
        if (failures > 0) {
            log.info("shard {}: publishing again, after {} failed passes", shard, failures);
        }
        failures = 0;
        rowsMax = Math.min(ROWS_MAX, rowsMax * 2);
        return pass;
    }

    private Pass failed(String reason) {
        if (failures == 0) {
            log.warn("shard {}: cannot publish, trying until it works: {}", shard, reason);
        }
        failures++;
        rowsMax = Math.max(1, rowsMax / 2);
        suspects = List.of();
        meters.passFailed();
        return Pass.FAILED;
    }

    private boolean isFull(List<Queued> rows) {
        long bytes = rows.stream().mapToLong(Queued::size).sum();
        return rows.size() >= rowsMax || bytes >= BYTES_MAX;
    }

    /// With jitter, so that the relays of many instances do not come back at the same moment.
    private Duration retryDelay() {
        long doubled = RETRY_DELAY_MIN.toMillis() << Math.min(failures - 1, 10);
        long millis = Math.min(properties.retryDelayMax().toMillis(), doubled);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }

    private static List<OutgoingRecord> records(List<Queued> rows) {
        return rows.stream().map(queued -> queued.row().toRecord()).toList();
    }

    private static List<Queued> rowsThatAre(
            Class<? extends Outcome> kind, List<Queued> rows, List<Outcome> outcomes) {
        return IntStream.range(0, rows.size())
                .filter(i -> kind.isInstance(outcomes.get(i)))
                .mapToObj(rows::get)
                .toList();
    }

    private static List<Queued> rowsThatAreNot(
            Class<? extends Outcome> kind, List<Queued> rows, List<Outcome> outcomes) {
        return IntStream.range(0, rows.size())
                .filter(i -> !kind.isInstance(outcomes.get(i)))
                .mapToObj(rows::get)
                .toList();
    }
}
