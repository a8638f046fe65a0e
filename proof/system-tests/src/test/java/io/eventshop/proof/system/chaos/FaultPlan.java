package io.eventshop.proof.system.chaos;

import static java.util.stream.Collectors.joining;

import io.eventshop.proof.system.Dice;
import io.eventshop.proof.system.Share;
import io.eventshop.proof.system.chaos.FaultKind.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// All that will break and when, drawn from a seed before anything starts: the same on each
/// machine. A slow one may make it wait.
///
/// First faults come alone, with time to recover after each: what they tell about recovery is not
/// spoilt by others. Then they come close, and overlap.
record FaultPlan(List<Fault> faults, Duration time) {

    /// For what a fault leaves behind; longer than the goals for recovery. What lasts leaves more.
    private static final Duration TO_RECOVER = Duration.ofSeconds(10);

    /// A service's own start in a shop that is busy.
    private static final Duration TO_START = Duration.ofSeconds(10);

    /// What it says about the time until another takes over its partitions.
    static final String DEAD_CONSUMER = "inventory-service-2";

    /// Until what is hot in a fresh shop is loaded and compiled.
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(15);

    /// Of faults that last, every third is short: what a retry hides.
    private static final double SHORT = 0.35;

    /// Most processes that were killed are started again at once, as a supervisor would.
    private static final double AT_ONCE = 0.7;

    /// What is known about the shop before it runs.
    ///
    /// @param instances the names of the services' instances
    /// @param groups consumer groups
    /// @param outage how long Kafka is away while all else is well
    /// @param excluded what never breaks in this run
    /// @param quarters which quarters this run has of what comes whatever the seed: the faults that
    ///   come alone, and one of each kind among the others
    record Setting(
            List<String> instances,
            List<String> groups,
            Duration outage,
            Set<FaultKind> excluded,
            List<Integer> quarters) {

        List<FaultKind> kinds() {
            return EnumSet.allOf(FaultKind.class).stream()
                    .filter(kind -> !excluded.contains(kind))
                    .toList();
        }

        private <T> List<T> share(List<T> all) {
            return quarters.stream().flatMap(quarter -> Share.of(quarter, all).stream()).toList();
        }

        private List<String> targets(Target target) {
            return switch (target) {
                case INSTANCE, POSTGRES_WIRE, KAFKA_WIRE -> instances;
                case CLOCK -> List.of(ChaosShop.WITH_A_CLOCK_TO_SET);
                case GROUP -> groups;
                case POSTGRES, KAFKA, RECORDS, ROWS -> List.of(target.name());
            };
        }
    }

    private record Draft(FaultKind kind, String target, Duration length) {}

    /// @param crowded how many faults come close
    /// @param apart the mean time between two of these
    static FaultPlan draw(long seed, Setting setting, int crowded, Duration apart) {
        var dice = Dice.of(seed, 0);
        var faults = new ArrayList<Fault>();
        var now = BEFORE_THE_FIRST;
        for (Draft draft : shuffled(setting.share(alone(setting, dice)), dice)) {
            faults.add(fault(faults.size() + 1, now, draft, true, dice));
            now = now.plus(draft.length).plus(toRecover(draft));
        }
        var kinds = kinds(setting, crowded, dice);
        for (int i = 0; i < crowded; i++) {
            var at = now.plus(apart.multipliedBy(i)).plus(part(apart, dice));
            faults.add(
                    fault(faults.size() + 1, at, draft(kinds.get(i), setting, dice), false, dice));
        }
        return new FaultPlan(List.copyOf(faults), now.plus(apart.multipliedBy(crowded)));
    }

    private static Duration toRecover(Draft draft) {
        var recover = TO_RECOVER.plus(draft.length.dividedBy(2));
        return draft.kind.target() == Target.INSTANCE ? recover.plus(TO_START) : recover;
    }

    private static Fault fault(int number, Duration at, Draft draft, boolean alone, Dice dice) {
        return new Fault(
                number, at, draft.kind, draft.target, draft.length, alone, dice.below(1 << 30));
    }

    /// What the goals for recovery speak of.
    private static List<Draft> alone(Setting setting, Dice dice) {
        var postgres = Target.POSTGRES.name();
        var kafka = Target.KAFKA.name();
        var drafts = new ArrayList<Draft>();
        drafts.add(new Draft(FaultKind.KILL_POSTGRES, postgres, Duration.ZERO));
        drafts.add(new Draft(FaultKind.KILL_POSTGRES, postgres, Duration.ofSeconds(12)));
        drafts.add(new Draft(FaultKind.KILL_KAFKA, kafka, Duration.ZERO));
        drafts.add(new Draft(FaultKind.KAFKA_OUTAGE, kafka, setting.outage()));
        for (String instance : setting.instances()) {
            if (instance.endsWith("-1")) {
                drafts.add(new Draft(FaultKind.KILL_SERVICE, instance, Duration.ZERO));
            }
        }
        // Long enough for others to take over its partitions before it is back.
        drafts.add(new Draft(FaultKind.KILL_SERVICE, DEAD_CONSUMER, Duration.ofSeconds(15)));
        drafts.add(
                new Draft(FaultKind.STOP_SERVICE, dice.oneOf(setting.instances()), Duration.ZERO));
        return drafts;
    }

    /// Each kind of this run's share once, and the rest by weight.
    private static List<FaultKind> kinds(Setting setting, int count, Dice dice) {
        var kinds = new ArrayList<>(setting.share(setting.kinds()));
        if (count < kinds.size()) {
            throw new IllegalArgumentException(
                    "%d faults are fewer than the %d kinds".formatted(count, kinds.size()));
        }
        int weights = setting.kinds().stream().mapToInt(FaultKind::weight).sum();
        while (kinds.size() < count) {
            kinds.add(weighted(setting.kinds(), dice.below(weights)));
        }
        return shuffled(kinds, dice);
    }

    private static FaultKind weighted(List<FaultKind> kinds, int point) {
        int left = point;
        for (FaultKind kind : kinds) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the point lies beyond all weights: " + point);
    }

    private static Draft draft(FaultKind kind, Setting setting, Dice dice) {
        return new Draft(kind, dice.oneOf(setting.targets(kind.target())), length(kind, dice));
    }

    private static Duration length(FaultKind kind, Dice dice) {
        var range = kind.most().minus(kind.least());
        if (kind.least().isZero() && dice.chance(AT_ONCE)) {
            return Duration.ZERO;
        }
        return kind.least()
                .plus(dice.chance(SHORT) ? part(range.dividedBy(5), dice) : part(range, dice));
    }

    private static Duration part(Duration whole, Dice dice) {
        return Duration.ofMillis(dice.between(0, whole.toMillis()));
    }

    private static <T> List<T> shuffled(List<T> all, Dice dice) {
        record Placed<T>(T one, int place) {}
        return all.stream()
                .map(one -> new Placed<>(one, dice.below(Integer.MAX_VALUE)))
                .sorted(Comparator.comparingInt(Placed::place))
                .map(Placed::one)
                .toList();
    }

    @Override
    public String toString() {
        return faults.stream().map(Fault::toString).collect(joining("\n"));
    }
}
