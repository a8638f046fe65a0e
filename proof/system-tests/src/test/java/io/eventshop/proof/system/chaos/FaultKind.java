package io.eventshop.proof.system.chaos;

import java.time.Duration;

/// What can break, how often in comparison, and for how long.
///
/// The long end of each pause and each freeze is longer than what others wait for: a consumer's
/// session (6 s) and a relay's transaction (10 s) are over when a paused instance wakes up, so that
/// it is a zombie that still believes in its partitions and in its lock.
enum FaultKind {
    KILL_SERVICE(Heading.KILL, Target.INSTANCE, 30, 0, 8_000),
    STOP_SERVICE(Heading.OTHER, Target.INSTANCE, 3, 0, 0),
    PAUSE_SERVICE(Heading.PAUSE, Target.INSTANCE, 10, 500, 15_000),

    KILL_POSTGRES(Heading.KILL, Target.POSTGRES, 7, 0, 6_000),
    /// One session's process, as the kernel does when memory runs out: PostgreSQL then ends all
    /// sessions and recovers.
    KILL_POSTGRES_SESSION(Heading.KILL, Target.POSTGRES, 3, 0, 0),
    PAUSE_POSTGRES(Heading.PAUSE, Target.POSTGRES, 3, 500, 8_000),

    KILL_KAFKA(Heading.KILL, Target.KAFKA, 8, 0, 5_000),
    /// Tens of seconds without a broker; once, since all else at Kafka has to wait for it.
    KAFKA_OUTAGE(Heading.KILL, Target.KAFKA, 0, 15_000, 40_000),
    PAUSE_KAFKA(Heading.PAUSE, Target.KAFKA, 3, 500, 12_000),

    BREAK_POSTGRES_WIRE(Heading.CUT, Target.POSTGRES_WIRE, 4, 0, 0),
    CUT_POSTGRES_WIRE(Heading.CUT, Target.POSTGRES_WIRE, 5, 500, 12_000),
    FREEZE_POSTGRES_WIRE(Heading.CUT, Target.POSTGRES_WIRE, 4, 500, 15_000),
    SLOW_POSTGRES_WIRE(Heading.OTHER, Target.POSTGRES_WIRE, 3, 4_000, 15_000),

    BREAK_KAFKA_WIRE(Heading.CUT, Target.KAFKA_WIRE, 3, 0, 0),
    CUT_KAFKA_WIRE(Heading.CUT, Target.KAFKA_WIRE, 5, 500, 12_000),
    FREEZE_KAFKA_WIRE(Heading.CUT, Target.KAFKA_WIRE, 4, 500, 15_000),
    SLOW_KAFKA_WIRE(Heading.OTHER, Target.KAFKA_WIRE, 3, 4_000, 15_000),

    DUPLICATE_RECORDS(Heading.OTHER, Target.RECORDS, 4, 0, 0),
    OLD_RECORDS(Heading.OTHER, Target.RECORDS, 3, 0, 0),
    UNREADABLE_RECORD(Heading.OTHER, Target.RECORDS, 2, 0, 0),
    INVALID_RECORD(Heading.OTHER, Target.RECORDS, 2, 0, 0),

    REBALANCE_STORM(Heading.OTHER, Target.GROUP, 3, 3_000, 8_000),

    /// Only where a small disk of its own could be mounted.
    FULL_DISK(Heading.OTHER, Target.POSTGRES, 2, 2_000, 10_000),
    /// Only where libfaketime is installed.
    CLOCK_JUMP(Heading.OTHER, Target.CLOCK, 3, 3_000, 15_000),

    /// A transaction of somebody's that was forgotten.
    LOCK_ROW(Heading.OTHER, Target.ROWS, 2, 2_000, 15_000);

    /// Under which heading it is counted.
    enum Heading {
        KILL,
        PAUSE,
        CUT,
        OTHER
    }

    /// Where it hits. Two faults at one target come one after the other, all others may overlap.
    enum Target {
        INSTANCE,
        CLOCK,
        POSTGRES,
        KAFKA,
        POSTGRES_WIRE,
        KAFKA_WIRE,
        RECORDS,
        ROWS,
        GROUP
    }

    private final Heading heading;
    private final Target target;
    private final int weight;
    private final Duration least;
    private final Duration most;

    FaultKind(Heading heading, Target target, int weight, int leastMillis, int mostMillis) {
        this.heading = heading;
        this.target = target;
        this.weight = weight;
        this.least = Duration.ofMillis(leastMillis);
        this.most = Duration.ofMillis(mostMillis);
    }

    Heading heading() {
        return heading;
    }

    Target target() {
        return target;
    }

    /// Each kind comes once; the rest comes by weight.
    int weight() {
        return weight;
    }

    Duration least() {
        return least;
    }

    Duration most() {
        return most;
    }
}
