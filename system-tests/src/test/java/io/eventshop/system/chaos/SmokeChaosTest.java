package io.eventshop.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.Console;
import io.eventshop.testkit.TestDirectories;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Minutes in which everything breaks, under five thousand orders: sixty kills, pauses and cuts,
/// and some other faults. `-Deventshop.chaos.seed=N` repeats a run.
@Tag("system")
class SmokeChaosTest {

    private static final String SEED = "eventshop.chaos.seed";
    private static final int CROWDED = 80;
    private static final Duration APART = Duration.ofMillis(4_500);
    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final int ORDERS_PER_SECOND_ALONE = 4;
    private static final int ORDERS_PER_SECOND = 12;
    private static final int ORDERS_LEAST = 5_000;
    private static final int KILLS_PAUSES_CUTS_LEAST = 60;

    /// For what a busy machine adds to a goal that the soak reaches.
    private static final int TOLERANCE = 2;

    @Test
    void nothing_is_lost_or_doubled_whatever_breaks() throws Exception {
        long seed = Long.getLong(SEED, 1);
        var settings =
                new Segment.Settings(
                        seed,
                        TestDirectories.fresh("chaos"),
                        CROWDED,
                        APART,
                        OUTAGE,
                        new Segment.Load(ORDERS_PER_SECOND_ALONE, ORDERS_PER_SECOND, ORDERS_LEAST),
                        Set.of());
        System.out.printf("-D%s=%d repeats this:%n%s%n", SEED, seed, settings.plan());

        var result =
                new Segment(
                                settings,
                                new Console(System.out, Clock.system(ZoneId.systemDefault())),
                                () -> false)
                        .run("", seed, 0);

        System.out.println(result.summary());
        var how = "-D%s=%d; %s".formatted(SEED, seed, result.summary());
        assertThat(result.findings()).as(how).isEmpty();
        assertThat(result.lost()).as(how).isZero();
        assertThat(result.doubled()).as(how).isZero();
        assertThat(result.orders()).as(how).isGreaterThanOrEqualTo(ORDERS_LEAST);
        assertThat(result.kills() + result.pauses() + result.cuts())
                .as(how)
                .isGreaterThanOrEqualTo(KILLS_PAUSES_CUTS_LEAST);
        assertThat(recoveries(Goal.CONSUMER_IS_REPLACED, result))
                .as("%s; %s", Goal.CONSUMER_IS_REPLACED.title(), how)
                .isNotEmpty()
                .allMatch(millis -> millis <= Goal.CONSUMER_IS_REPLACED.limit().toMillis());
        assertThat(recoveries(Goal.SERVICE_RESTARTS, result))
                .as("%s; %s", Goal.SERVICE_RESTARTS.title(), how)
                .isNotEmpty()
                .allMatch(millis -> millis <= TOLERANCE * Goal.SERVICE_RESTARTS.limit().toMillis());
    }

    private static List<Long> recoveries(Goal goal, SegmentResult result) {
        return result.recoveryMillis().getOrDefault(goal.name(), List.of());
    }
}
