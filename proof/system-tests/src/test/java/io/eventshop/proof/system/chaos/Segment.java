package io.eventshop.proof.system.chaos;

import static java.util.stream.Collectors.toMap;

import io.eventshop.launcher.demo.Console;
import io.eventshop.proof.check.Finding;
import io.eventshop.proof.check.ShopCheck;
import io.eventshop.proof.check.StockSampler;
import io.eventshop.proof.shop.Customer;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.Services;
import io.eventshop.proof.system.chaos.ChaosShop.Extra;
import io.eventshop.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/// One run: a fresh shop, load and faults as the seed says, then everything is healed, comes to
/// rest, and is checked.
final class Segment {

    /// From the last fault on. The promise is a minute; what takes longer is found by the check,
    /// and waited for so that it can be told from what never ends.
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(10);

    private static final Duration STALLED_AFTER = Duration.ofMinutes(5);
    private static final int WELL_BELOW = 25;
    private static final int MANY = 1_000;

    /// So many wait for an answer; who comes then goes away again, and does not keep a shop down
    /// that has to get up, or that is still cold on a slow machine.
    private static final int QUEUE = 50;

    private static final Duration STOP_LOOK = Duration.ofMillis(200);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(15);

    private final Settings settings;
    private final Console console;
    private final BooleanSupplier stopAsked;

    /// @param seed of faults and orders
    /// @param directory of all that is written
    /// @param crowded how many faults come close to each other, after those that come alone
    /// @param apart the mean time between two of these
    /// @param outage how long Kafka is away while all else is well
    /// @param quarters see [FaultPlan.Setting]
    /// @param ended what the first promise is held to, from the last fault on
    record Settings(
            long seed,
            Path directory,
            int crowded,
            Duration apart,
            Duration outage,
            Load load,
            Set<Extra> extras,
            List<Integer> quarters,
            Duration ended) {

        FaultPlan plan() {
            return FaultPlan.draw(
                    seed,
                    new FaultPlan.Setting(
                            ChaosShop.instanceNames(),
                            RebalanceStorm.groups(),
                            outage,
                            excluded(),
                            quarters),
                    crowded,
                    apart);
        }

        /// What was not asked for is not in the plan; what the machine does not allow is, and is
        /// passed over.
        private Set<FaultKind> excluded() {
            var excluded = EnumSet.noneOf(FaultKind.class);
            if (!extras.contains(Extra.SMALL_DISK)) {
                excluded.add(FaultKind.FULL_DISK);
            }
            if (!extras.contains(Extra.CLOCKS)) {
                excluded.add(FaultKind.CLOCK_JUMP);
            }
            return excluded;
        }
    }

    /// How many customers come. While faults come alone they must leave the machine some time: how
    /// fast a part is back says nothing where all share two cores that are full.
    ///
    /// @param alonePerSecond while faults come alone
    /// @param crowdedPerSecond afterwards
    /// @param least in all, even if the faults are over before
    record Load(int alonePerSecond, int crowdedPerSecond, int least) {

        private Duration apart(boolean crowded) {
            return Duration.ofSeconds(1).dividedBy(crowded ? crowdedPerSecond : alonePerSecond);
        }
    }

    /// @param stopAsked ends the load and the faults early; the rest is done as always
    Segment(Settings settings, Console console, BooleanSupplier stopAsked) {
        this.settings = settings;
        this.console = console;
        this.stopAsked = stopAsked;
    }

    SegmentResult run(String commit, long soakSeed, int number)
            throws IOException, SQLException, InterruptedException {
        var plan = settings.plan();
        try (var history =
                        History.in(
                                settings.directory().resolve("history.jsonl"), Clock.systemUTC());
                var shop = new ChaosShop(settings.directory(), settings.extras());
                var keeper = new Keeper(shop.instances(), console::say);
                var records = new Records(shop.kafka().bootstrapServers(), history);
                var backlog = new Backlog(shop.shop().database(Services.ORDER));
                var customers =
                        new Customers(
                                settings.seed(),
                                new Customer(
                                        shop.shop().client().orders(Customers.ANSWER_LIMIT),
                                        history))) {
            console.say("the shop is open");
            var faults =
                    new FaultRunner(
                            shop,
                            history,
                            records,
                            fault -> mayCome(fault, keeper, customers, backlog),
                            console::say);
            var sampler =
                    StockSampler.start(shop.shop().database(Services.INVENTORY), Clock.systemUTC());

            var start = Instant.now();
            breakThings(plan, faults, customers, start);
            var ended = Instant.now();

            var findings = new ArrayList<>(faults.failures());
            shop.heal();
            findings.addAll(settled(customers, keeper));
            var check =
                    ShopCheck.of(shop.shop())
                            .withHistory(history, true)
                            .withSampler(sampler)
                            .endedWithin(settings.ended());
            findings.addAll(check.awaitQuiet(QUIET_WITHIN, STALLED_AFTER, console::say));
            var quiet = Instant.now();
            sampler.close();
            var verdict = check.verdict();
            verdict.findings().stream().map(Finding::toString).forEach(findings::add);
            findings.addAll(keeper.deaths());
            findings.addAll(customers.refusals());

            var journal = faults.journal();
            var recoveries =
                    Recoveries.of(
                            journal,
                            keeper.starts(),
                            customers.attempts(),
                            backlog,
                            shop.shop().database(Services.ORDER));
            return new SegmentResult(
                    start.toString(),
                    commit,
                    soakSeed,
                    number,
                    settings.seed(),
                    seconds(start, ended),
                    customers.acceptedCount(),
                    customers.cancelled(),
                    customers.attempts().size(),
                    (int) journal.count(FaultKind.Heading.KILL),
                    (int) journal.count(FaultKind.Heading.PAUSE),
                    (int) journal.count(FaultKind.Heading.CUT),
                    (int) journal.count(FaultKind.Heading.OTHER),
                    journal.counts(),
                    journal.skipped(),
                    keeper.startsGivenUp(),
                    seconds(ended, quiet),
                    verdict.count("duplicate deliveries") + records.copies(),
                    verdict.count("lost"),
                    verdict.count("doubled"),
                    findings,
                    verdict.counts(),
                    millis(recoveries));
        }
    }

    /// What comes alone comes when all is well. What comes close comes on, until so much has
    /// gathered that the minute of the first promise is in question, as on a machine on which
    /// services take longer to start than they are left alone.
    private static boolean mayCome(
            Fault fault, Keeper keeper, Customers customers, Backlog backlog) {
        int unfinished = customers.waiting() + backlog.pending();
        return fault.alone() ? keeper.allAnswer() && unfinished < WELL_BELOW : unfinished < MANY;
    }

    private void breakThings(FaultPlan plan, FaultRunner faults, Customers customers, Instant start)
            throws InterruptedException {
        var ended = new AtomicBoolean();
        var load =
                CompletableFuture.runAsync(
                        () -> comeAtPace(plan, customers, faults, start),
                        Thread::startVirtualThread);
        var watch =
                CompletableFuture.runAsync(
                        () -> {
                            while (!ended.get() && !stopAsked.getAsBoolean()) {
                                LockSupport.parkNanos(STOP_LOOK.toNanos());
                            }
                            if (!ended.get()) {
                                console.say("stopping: the last faults are healed");
                                faults.stop();
                            }
                        },
                        Thread::startVirtualThread);
        try {
            faults.run(plan, start);
            load.join();
        } finally {
            ended.set(true);
            watch.join();
        }
    }

    /// Until enough have come, and all faults.
    private void comeAtPace(
            FaultPlan plan, Customers customers, FaultRunner faults, Instant start) {
        long due = System.nanoTime();
        long told = due;
        while ((customers.came() < settings.load().least() || !faults.isOver())
                && !stopAsked.getAsBoolean()) {
            due += settings.load().apart(faults.isCrowded()).toNanos();
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (customers.waiting() < QUEUE) {
                customers.next();
            }
            if (System.nanoTime() - told > PROGRESS_EVERY.toNanos()) {
                told = System.nanoTime();
                console.say(
                        "%4.0f s of %d, %d orders of %d accepted, %d faults"
                                .formatted(
                                        seconds(start, Instant.now()),
                                        plan.time().toSeconds(),
                                        customers.acceptedCount(),
                                        customers.came(),
                                        faults.journal().count()));
            }
        }
    }

    private static List<String> settled(Customers customers, Keeper keeper)
            throws InterruptedException {
        var findings = new ArrayList<String>();
        try {
            Eventually.await("every instance answers")
                    .atMost(QUIET_WITHIN)
                    .until(keeper::allAnswer);
        } catch (ConditionTimeoutException e) {
            findings.add(
                    "not every instance answers, %s after the last fault".formatted(QUIET_WITHIN));
        }
        if (!customers.awaitAll(QUIET_WITHIN) || customers.waiting() > 0) {
            findings.add(
                    "%d customers have no answer, %s after the last fault"
                            .formatted(customers.waiting(), QUIET_WITHIN));
        }
        return findings;
    }

    private static Map<String, List<Long>> millis(Map<Goal, List<Duration>> recoveries) {
        return recoveries.entrySet().stream()
                .collect(
                        toMap(
                                one -> one.getKey().name(),
                                one -> one.getValue().stream().map(Duration::toMillis).toList()));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
