package io.eventshop.proof.system.chaos;

import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.Dice;
import io.eventshop.proof.system.chaos.Journal.Happened;
import io.eventshop.testkit.TcpProxy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Breaks what a plan says, when it says so or as soon as the shop can take it. Faults at one
/// target wait for each other, so that a slow machine has the same faults as a fast one, only
/// later.
final class FaultRunner {

    private static final int SLOWEST_POSTGRES_MILLIS = 40;
    private static final int SLOWEST_KAFKA_MILLIS = 150;

    /// For a shop that does not recover, which the check will find.
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int ITEMS = 4;
    private static final int FARTHEST_CLOCK_SECONDS = 3_600;

    private final ChaosShop shop;
    private final History history;
    private final Records records;
    private final Predicate<Fault> mayCome;
    private final Consumer<String> progress;
    private final Journal journal = new Journal();
    private volatile boolean crowded;
    private volatile boolean over;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, ReentrantLock> targets = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /// @param mayCome whether the shop can take this fault already
    FaultRunner(
            ChaosShop shop,
            History history,
            Records records,
            Predicate<Fault> mayCome,
            Consumer<String> progress) {
        this.shop = shop;
        this.history = history;
        this.records = records;
        this.mayCome = mayCome;
        this.progress = progress;
    }

    /// Returns when the last fault is over. Where the shop needs more time than planned, all that
    /// is left comes later.
    void run(FaultPlan plan, Instant start) throws InterruptedException {
        var late = Duration.ZERO;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Fault fault : plan.faults()) {
                var due = start.plus(fault.at()).plus(late);
                if (hasStopped(Duration.between(Instant.now(), due))) {
                    break;
                }
                late = late.plus(awaited(fault));
                if (hasStopped(Duration.ZERO)) {
                    break;
                }
                crowded = !fault.alone();
                threads.execute(() -> breakAndHeal(fault));
            }
        } finally {
            over = true;
        }
    }

    private Duration awaited(Fault fault) {
        var start = Instant.now();
        while (!mayCome.test(fault)
                && Duration.between(start, Instant.now()).compareTo(WAIT_MAX) < 0
                && !hasStopped(LOOK_EVERY)) {}
        var waited = Duration.between(start, Instant.now());
        if (waited.compareTo(LOOK_EVERY) > 0) {
            progress.accept("%3d  waits %d s".formatted(fault.number(), waited.toSeconds()));
        }
        return waited;
    }

    /// Whether faults come close to each other now.
    boolean isCrowded() {
        return crowded;
    }

    /// Whether there are no more faults.
    boolean isOver() {
        return over;
    }

    /// No more faults, and the last ones end at once.
    void stop() {
        stopped.countDown();
    }

    Journal journal() {
        return journal;
    }

    private boolean hasStopped(Duration within) {
        try {
            return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void breakAndHeal(Fault fault) {
        var lock = targets.computeIfAbsent(lockOf(fault), _ -> new ReentrantLock(true));
        lock.lock();
        try {
            var why = impossible(fault.kind());
            if (why.isEmpty()) {
                progress.accept(fault.toString());
                var id = history.faultBegan(fault.kind().name(), fault.target());
                var began = Instant.now();
                carryOut(fault);
                history.faultEnded(id);
                journal.note(new Happened(fault, began, Instant.now()));
            } else {
                journal.skip(fault.kind(), why);
            }
        } catch (Exception e) {
            failures.add("could not be made or healed: %s: %s".formatted(fault, e));
        } finally {
            lock.unlock();
        }
    }

    /// An instance's wire and its clock are parts of their own; all else that hits the same part
    /// waits.
    private static String lockOf(Fault fault) {
        return fault.kind().target() + " " + fault.target();
    }

    private String impossible(FaultKind kind) {
        return switch (kind) {
            case FULL_DISK -> shop.disk().isPresent() ? "" : "no disk in memory can be mounted";
            case CLOCK_JUMP -> shop.clocks().isPresent() ? "" : "libfaketime is not installed";
            default -> "";
        };
    }

    private void carryOut(Fault fault) throws IOException, SQLException, InterruptedException {
        var dice = Dice.of(fault.seed(), fault.number());
        switch (fault.kind()) {
            case KILL_SERVICE -> killService(fault);
            case STOP_SERVICE -> stopService(fault);
            case PAUSE_SERVICE -> {
                shop.instance(fault.target()).pause();
                await(fault.length());
                shop.instance(fault.target()).resume();
            }
            case KILL_POSTGRES -> {
                if (dice.chance(0.5)) {
                    Servers.kill(shop.postgres());
                } else {
                    Servers.killWithChildren(shop.postgres());
                }
                await(fault.length());
                Servers.start(shop.postgres());
            }
            case KILL_POSTGRES_SESSION -> Servers.killSession(shop.postgres(), dice.below(1_000));
            case PAUSE_POSTGRES -> {
                Servers.pause(shop.postgres());
                await(fault.length());
                Servers.resume(shop.postgres());
            }
            case KILL_KAFKA, KAFKA_OUTAGE -> {
                Servers.kill(shop.kafka());
                await(fault.length());
                Servers.start(shop.kafka());
            }
            case PAUSE_KAFKA -> {
                Servers.pause(shop.kafka());
                await(fault.length());
                Servers.resume(shop.kafka());
            }
            case BREAK_POSTGRES_WIRE -> shop.wires().toPostgres(fault.target()).breakConnections();
            case CUT_POSTGRES_WIRE ->
                    wire(shop.wires().toPostgres(fault.target()), TcpProxy::cut, fault);
            case FREEZE_POSTGRES_WIRE ->
                    wire(shop.wires().toPostgres(fault.target()), TcpProxy::freeze, fault);
            case SLOW_POSTGRES_WIRE ->
                    wire(
                            shop.wires().toPostgres(fault.target()),
                            wire -> wire.delay(millis(dice, SLOWEST_POSTGRES_MILLIS)),
                            fault);
            case BREAK_KAFKA_WIRE -> shop.wires().toKafka(fault.target()).breakConnections();
            case CUT_KAFKA_WIRE -> wire(shop.wires().toKafka(fault.target()), TcpProxy::cut, fault);
            case FREEZE_KAFKA_WIRE ->
                    wire(shop.wires().toKafka(fault.target()), TcpProxy::freeze, fault);
            case SLOW_KAFKA_WIRE ->
                    wire(
                            shop.wires().toKafka(fault.target()),
                            wire -> wire.delay(millis(dice, SLOWEST_KAFKA_MILLIS)),
                            fault);
            case DUPLICATE_RECORDS -> records.repeatNewest(dice);
            case OLD_RECORDS -> records.repeatOld(dice);
            case UNREADABLE_RECORD -> records.sendUnreadable(dice);
            case INVALID_RECORD -> records.sendInvalid(dice);
            case LOCK_ROW -> lockRow(fault, dice);
            case REBALANCE_STORM -> {
                var end = Instant.now().plus(fault.length());
                RebalanceStorm.rage(
                        shop.kafka().bootstrapServers(),
                        fault.target(),
                        dice,
                        () -> Instant.now().isAfter(end) || stopped.getCount() == 0);
            }
            case FULL_DISK -> fillDisk(fault);
            case CLOCK_JUMP -> jumpClock(fault, dice);
        }
    }

    /// Where PostgreSQL is away meanwhile, nobody holds a lock, and the fault is over.
    private void lockRow(Fault fault, Dice dice) {
        try (var connection = shop.shop().database(Services.INVENTORY).connect();
                var statement =
                        connection.prepareStatement(
                                "select from item order by sku offset ? limit 1 for update")) {
            connection.setAutoCommit(false);
            statement.setInt(1, dice.below(ITEMS));
            var _ = statement.execute();
            await(fault.length());
            connection.rollback();
        } catch (SQLException e) {
            progress.accept("%3d  has lost its lock: %s".formatted(fault.number(), e.getMessage()));
        }
    }

    private void await(Duration length) {
        var _ = hasStopped(length);
    }

    private void killService(Fault fault) {
        var instance = shop.instance(fault.target());
        var killedAt = Instant.now();
        instance.kill();
        await(fault.length());
        instance.launch(fault.length().isZero() ? killedAt : Instant.now());
    }

    private void stopService(Fault fault) {
        var instance = shop.instance(fault.target());
        instance.stop();
        instance.launch(Instant.now());
    }

    private static Duration millis(Dice dice, int most) {
        return Duration.ofMillis(1 + dice.below(most));
    }

    private void wire(TcpProxy wire, Consumer<TcpProxy> fault, Fault planned) {
        fault.accept(wire);
        await(planned.length());
        wire.heal();
    }

    /// PostgreSQL may end itself when its write-ahead log finds no room.
    private void fillDisk(Fault fault) throws IOException {
        var disk = shop.disk().orElseThrow();
        disk.fill();
        await(fault.length());
        disk.free();
        Servers.start(shop.postgres());
    }

    private void jumpClock(Fault fault, Dice dice) {
        var clocks = shop.clocks().orElseThrow();
        long seconds = dice.between(-FARTHEST_CLOCK_SECONDS, FARTHEST_CLOCK_SECONDS);
        clocks.set(fault.target(), Duration.ofSeconds(seconds));
        await(fault.length());
        clocks.set(fault.target(), Duration.ZERO);
    }

    /// Faults that went wrong themselves, and servers that ended although nobody broke them.
    List<String> failures() {
        var all = new ArrayList<>(failures);
        all.addAll(Servers.thatEnded(shop.postgres(), shop.kafka(), shop.shop().mail()));
        return all;
    }
}
