package io.eventshop.proof.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.demo.Console;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.proof.system.Share;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.Quarter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Minutes in which everything breaks, under five thousand orders: sixty kills, pauses and cuts,
/// and some other faults, in four quarters. `-Deventshop.chaos.seed=N` draws other faults.
@Proof(quarters = {1, 2, 3, 4})
class SmokeChaosTest {

    private static final String SEED = "eventshop.chaos.seed";

    /// Its four plans have enough kills, pauses and cuts; FaultPlanTest sees to that.
    private static final long USUAL_SEED = 3;

    private static final int CROWDED = 84;
    private static final Duration APART = Duration.ofMillis(4_500);
    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final int ORDERS_PER_SECOND_ALONE = 4;
    private static final int ORDERS_PER_SECOND = 12;
    private static final int ORDERS_LEAST = 5_000;
    static final int KILLS_PAUSES_CUTS_LEAST = 60;

    private static final PromisedTime ENDED =
            new PromisedTime("an order ends after the last fault", SegmentResult.PROMISED_END);

    /// What is judged here too, at ten times the goal; all goals are the soak's.
    private static final List<Goal> JUDGED =
            List.of(Goal.SERVICE_RESTARTS, Goal.CONSUMER_IS_REPLACED);

    static List<Integer> quarters() {
        return Quarter.chosen();
    }

    static Segment.Settings settings(int quarter) {
        return new Segment.Settings(
                Long.getLong(SEED, USUAL_SEED) * 10 + quarter,
                Trees.temporary("chaos"),
                Share.fourthOf(CROWDED),
                APART,
                OUTAGE,
                new Segment.Load(
                        ORDERS_PER_SECOND_ALONE, ORDERS_PER_SECOND, Share.fourthOf(ORDERS_LEAST)),
                Set.of(),
                List.of(quarter),
                ENDED.limit());
    }

    @ParameterizedTest(name = "quarter {0}")
    @MethodSource("quarters")
    void nothing_is_lost_or_doubled_whatever_breaks(int quarter) throws Exception {
        var settings = settings(quarter);
        long seed = settings.seed();
        System.out.printf("quarter %d, seed %d:%n%s%n", quarter, seed, settings.plan());

        var result =
                new Segment(
                                settings,
                                new Console(System.out, Clock.system(ZoneId.systemDefault())),
                                () -> false)
                        .run("", seed, 0);

        System.out.println(result.summary());
        var how = "quarter %d, seed %d; %s".formatted(quarter, seed, result.summary());
        assertThat(result.findings()).as(how).isEmpty();
        assertThat(result.lost()).as(how).isZero();
        assertThat(result.doubled()).as(how).isZero();
        assertThat(result.orders()).as(how).isGreaterThanOrEqualTo(Share.fourthOf(ORDERS_LEAST));
        assertThat(result.kills() + result.pauses() + result.cuts())
                .as(how)
                .isGreaterThanOrEqualTo(Share.fourthOf(KILLS_PAUSES_CUTS_LEAST));
        assertThat(result.recoveryMillis()).as(how).isNotEmpty();
        for (Goal goal : JUDGED) {
            for (long millis : result.recoveryMillis().getOrDefault(goal.name(), List.of())) {
                new PromisedTime(goal.title(), goal.limit()).judge(Duration.ofMillis(millis));
            }
        }
    }
}
