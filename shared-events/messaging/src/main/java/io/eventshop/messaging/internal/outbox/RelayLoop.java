package io.eventshop.messaging.internal.outbox;

import static java.util.function.Predicate.not;

import io.eventshop.messaging.background.Pause;
import io.eventshop.messaging.background.Step;
import io.eventshop.messaging.internal.outbox.ShardQueue.Queued;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.Outcome.Acked;
import io.eventshop.messaging.transport.Outcome.Refused;
import io.eventshop.messaging.transport.Outcome.Unknown;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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

    /// After a pass that finds its shard taken by another instance.
    private static final Pause BUSY = Pause.of(Duration.ofMillis(25));

    /// After a pass that leaves nothing to do. How long a relay sleeps that nobody wakes: the
    /// longest an event of a crashed instance waits for another one.
    private static final Pause DRAINED = Pause.untilWoken(Duration.ofSeconds(1));

    /// After a pass that leaves something to do.
    private static final Pause MORE = Pause.NONE;

    /// The first pause after a failed pass; doubled with each further one.
    private static final Duration RETRY_DELAY_MIN = Duration.ofMillis(200);

    private final ShardQueue queue;
    private final TransactionOperations transaction;
    private final Transport transport;
    private final OutboxProperties properties;
    private final OutboxMeters meters;

    private int rowsMax = ROWS_MAX;
    private int failures;
    private List<Queued> suspects = List.of();

    RelayLoop(
            ShardQueue queue,
            TransactionOperations transaction,
            Transport transport,
            OutboxProperties properties,
            OutboxMeters meters) {
        this.queue = queue;
        this.transaction = transaction;
        this.transport = transport;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public Pause run(BooleanSupplier stopping) {
        try {
            return transaction.execute(_ -> pass());
        } catch (RuntimeException | Error e) {
            // Whatever it is, a relay that died of it would be worse.
            return failed(e.toString());
        }
    }

    /// Ends the running pass: what was acknowledged until now is still deleted, the rest is for the
    /// next relay.
    @Override
    public void close() {
        transport.close();
    }

    private Pause pass() {
        if (!queue.tryLock()) {
            return BUSY;
        }
        List<Queued> rows = nextRows();
        if (rows.isEmpty()) {
            return nothingToSend();
        }
        long selected = System.nanoTime();
        List<OutgoingRecord> records =
                rows.stream().map(queued -> queued.row().toRecord()).toList();
        List<Outcome> outcomes = transport.send(records, properties.ackDeadline());

        List<Queued> acked = select(rows, outcomes, Acked.class::isInstance);
        queue.delete(acked);
        meters.published(acked, System.nanoTime() - selected);
        return conclude(rows, outcomes);
    }

    private List<Queued> nextRows() {
        return suspects.isEmpty()
                ? queue.oldest(rowsMax, BYTES_MAX)
                : queue.only(suspects.getFirst().seq());
    }

    private Pause nothingToSend() {
        if (suspects.isEmpty()) {
            return succeeded(DRAINED);
        }
        // Another instance has published or parked it meanwhile. Once it is parked, someone may let
        // its key flow again at any moment, and the next suspect of the key would be sent before
        // it: what is to be sent is asked of the table again.
        suspects = List.of();
        return MORE;
    }

    private Pause conclude(List<Queued> rows, List<Outcome> outcomes) {
        List<Queued> refused = select(rows, outcomes, Refused.class::isInstance);
        if (!refused.isEmpty()) {
            return rows.size() == 1
                    ? park(rows.getFirst(), outcomes.getFirst())
                    : suspect(refused, select(rows, outcomes, not(Acked.class::isInstance)));
        }
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Unknown(String reason)) {
                return failed(reason);
            }
        }
        if (!suspects.isEmpty()) {
            suspects = suspects.subList(1, suspects.size());
            return MORE;
        }
        return succeeded(isFull(rows) ? MORE : DRAINED);
    }

    /// The first row of a key goes first, also where only a later one was refused: sent the other
    /// way round, an accepted later one would overtake it.
    private Pause suspect(List<Queued> refused, List<Queued> unpublished) {
        suspects =
                unpublished.stream()
                        .filter(row -> refused.stream().anyMatch(row::hasKeyOf))
                        .toList();
        log.info(
                "shard {}: {} rows were refused together, trying each alone",
                queue.shard(),
                refused.size());
        return MORE;
    }

    private Pause park(Queued row, Outcome outcome) {
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
        return MORE;
    }

    private Pause succeeded(Pause pause) {
        if (failures > 0) {
            log.info("shard {}: publishing again, after {} failed passes", queue.shard(), failures);
        }
        failures = 0;
        rowsMax = Math.min(ROWS_MAX, rowsMax * 2);
        return pause;
    }

    private Pause failed(String reason) {
        if (failures == 0) {
            log.warn("shard {}: cannot publish, trying until it works: {}", queue.shard(), reason);
        }
        failures++;
        rowsMax = Math.max(1, rowsMax / 2);
        suspects = List.of();
        meters.passFailed();
        return Pause.of(retryDelay());
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

    /// The rows with such an outcome.
    private static List<Queued> select(
            List<Queued> rows, List<Outcome> outcomes, Predicate<Outcome> outcome) {
        return IntStream.range(0, rows.size())
                .filter(i -> outcome.test(outcomes.get(i)))
                .mapToObj(rows::get)
                .toList();
    }
}
