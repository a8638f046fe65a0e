package io.eventshop.messaging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the outbox takes more work: its high-water mark, `eventshop.outbox.backlog-max`.
///
/// While the broker is away everything is accepted and collects here, and a disk has an end. A
/// service that is asked for something asks here first, and puts the client off. What is under way
/// already, the answers to events above all, is never refused: it could only be lost or block its
/// topic, and nothing new comes in to keep it going.
///
/// It is a mark and no limit. The backlog is counted by the way, when somebody asks, at most every
/// two seconds, so as much as comes in meanwhile is above it. A database that does not answer
/// leaves the last count standing.
public final class OutboxRoom {

    private static final Logger log = LoggerFactory.getLogger(OutboxRoom.class);

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final long backlogMax;
    private final LongSupplier backlog;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile long counted = System.nanoTime() - FRESH.toNanos();
    private volatile boolean full;

    /// @param backlog counts the rows, need not go on beyond `backlogMax`, and may throw
    public OutboxRoom(long backlogMax, LongSupplier backlog) {
        this.backlogMax = backlogMax;
        this.backlog = backlog;
    }

    /// Never waits for the database.
    public boolean isFull() {
        if (System.nanoTime() - counted >= FRESH.toNanos() && counting.compareAndSet(false, true)) {
            var _ = Thread.startVirtualThread(this::count);
        }
        return full;
    }

    private void count() {
        try {
            judge(backlog.getAsLong() >= backlogMax);
        } catch (RuntimeException e) {
            log.debug("the outbox cannot be counted, its last count stands", e);
        } finally {
            counted = System.nanoTime();
            counting.set(false);
        }
    }

    private void judge(boolean nowFull) {
        if (nowFull && !full) {
            log.warn("{} events wait to be published: requests are put off", backlogMax);
        } else if (full && !nowFull) {
            log.info("the outbox has room again");
        }
        full = nowFull;
    }
}
