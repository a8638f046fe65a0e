package io.eventshop.proof.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.system.Share;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {

    private static final int CROWDED = 60;
    private static final Duration APART = Duration.ofSeconds(3);
    private static final Duration OUTAGE = Duration.ofSeconds(15);

    private static final List<Integer> ALL = List.of(1, 2, 3, 4);

    private final FaultPlan plan = plan(7);

    private static FaultPlan plan(long seed) {
        return plan(seed, ALL);
    }

    private static FaultPlan plan(long seed, List<Integer> quarters) {
        return FaultPlan.draw(
                seed,
                new FaultPlan.Setting(
                        ChaosShop.instanceNames(),
                        RebalanceStorm.groups(),
                        OUTAGE,
                        Set.of(),
                        quarters),
                CROWDED,
                APART);
    }

    @Test
    void the_same_seed_makes_the_same_faults_and_orders_and_another_seed_others() {
        assertThat(plan(7)).isEqualTo(plan);
        assertThat(plan(8).faults()).isNotEqualTo(plan.faults());
        assertThat(PlannedOrder.of(7, 12)).isEqualTo(PlannedOrder.of(7, 12));
        assertThat(PlannedOrder.of(7, 12).quantities())
                .isNotEqualTo(PlannedOrder.of(7, 13).quantities());
    }

    @Test
    void every_kind_of_fault_is_among_them() {
        assertThat(plan.faults().stream().map(Fault::kind))
                .containsAll(EnumSet.allOf(FaultKind.class));
        assertThat(plan.faults()).filteredOn(fault -> !fault.alone()).hasSize(CROWDED);
    }

    @Test
    void four_quarters_have_all_kinds_and_all_faults_that_come_alone() {
        var quarters =
                ALL.stream().flatMap(one -> plan(7, List.of(one)).faults().stream()).toList();

        assertThat(quarters.stream().map(Fault::kind)).containsAll(EnumSet.allOf(FaultKind.class));
        assertThat(alone(quarters)).containsExactlyInAnyOrderElementsOf(alone(plan.faults()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void each_quarter_of_the_smoke_has_its_share_of_kills_pauses_and_cuts(int quarter) {
        assertThat(SmokeChaosTest.settings(quarter).plan().faults())
                .filteredOn(fault -> fault.kind().heading() != FaultKind.Heading.OTHER)
                .hasSizeGreaterThanOrEqualTo(
                        Share.fourthOf(SmokeChaosTest.KILLS_PAUSES_CUTS_LEAST));
    }

    private static List<String> alone(List<Fault> faults) {
        return faults.stream()
                .filter(Fault::alone)
                .map(fault -> fault.kind() + " " + fault.target() + " " + fault.length())
                .toList();
    }

    @Test
    void what_is_excluded_is_not() {
        var setting =
                new FaultPlan.Setting(
                        ChaosShop.instanceNames(),
                        RebalanceStorm.groups(),
                        OUTAGE,
                        Set.of(FaultKind.FULL_DISK),
                        ALL);

        assertThat(FaultPlan.draw(7, setting, CROWDED, APART).faults())
                .noneMatch(fault -> fault.kind() == FaultKind.FULL_DISK);
    }

    @Test
    void nothing_else_breaks_within_ten_seconds_of_a_fault_that_comes_alone() {
        for (Fault alone : plan.faults().stream().filter(Fault::alone).toList()) {
            assertThat(plan.faults())
                    .filteredOn(fault -> fault.number() > alone.number())
                    .allMatch(fault ->
                            !fault.at().isNegative()
                                    && fault.at().compareTo(alone.end().plusSeconds(10)) >= 0);
        }
    }

    @Test
    void nothing_else_breaks_while_a_service_starts_that_was_killed_alone() {
        var killed =
                plan.faults().stream()
                        .filter(fault -> fault.alone() && fault.kind() == FaultKind.KILL_SERVICE)
                        .toList();

        assertThat(killed)
                .isNotEmpty()
                .allSatisfy(kill ->
                        assertThat(plan.faults())
                                .filteredOn(fault -> fault.number() > kill.number())
                                .allMatch(fault ->
                                        fault.at().compareTo(kill.end().plusSeconds(20)) >= 0));
    }

    @Test
    void pauses_are_long_enough_to_make_zombies_and_short_enough_to_end() {
        assertThat(plan.faults())
                .filteredOn(fault -> fault.kind() == FaultKind.PAUSE_SERVICE)
                .anyMatch(fault -> fault.length().compareTo(Duration.ofSeconds(6)) > 0)
                .allMatch(fault -> fault.length().compareTo(Duration.ofSeconds(15)) <= 0);
    }
}
