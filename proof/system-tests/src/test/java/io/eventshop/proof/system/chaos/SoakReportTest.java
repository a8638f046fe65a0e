package io.eventshop.proof.system.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SoakReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static SegmentResult segment(long seed, int number, List<String> findings) {
        return new SegmentResult(
                "2026-11-25T22:00:00Z",
                "abc1234",
                seed,
                number,
                seed * 100_000 + number,
                600,
                9_000,
                800,
                9_500,
                70,
                20,
                30,
                30,
                Map.of("KILL_KAFKA", 9),
                Map.of("CLOCK_JUMP", "libfaketime is not installed"),
                2,
                6.5,
                140,
                0,
                0,
                findings,
                Map.of("orders", 9_000L),
                Map.of("KAFKA_RETURNS", List.of(900L, 2_100L)));
    }

    @Test
    void segments_add_up_by_seed_and_in_all() {
        var report =
                SoakReport.of(
                        List.of(
                                segment(1, 1, List.of()),
                                segment(1, 2, List.of()),
                                segment(2, 1, List.of())));

        assertThat(report)
                .contains(
                        "| 2026-11-25 | abc1234 | 1 | 2 | 20 | 18000 | 140 | 40 | 60 | 60 | 280 | 0"
                                + " | 0 | 0 |")
                .contains(
                        "| 2026-11-25 | abc1234 | all | 3 | 30 | 27000 | 210 | 60 | 90 | 90 | 420 |"
                                + " 0 | 0 | 0 |")
                .contains("| kill kafka | 27 |")
                .contains("| clock jump | in some segments not: libfaketime is not installed |")
                .contains(Goal.KAFKA_RETURNS.title() + " | 6 | 2100 | 2100 | 5000 | 6 of 6 |");
    }

    @Test
    void zero_of_n_says_less_than_three_in_n() {
        assertThat(SoakReport.of(List.of(segment(1, 1, List.of()))))
                .contains("None of 9,000 orders was lost or doubled under 150 faults")
                .contains("fewer than one order in 3,000 is lost or doubled");
    }

    @Test
    void what_was_found_stands_there_and_no_rate_follows() {
        assertThat(SoakReport.of(List.of(segment(1, 1, List.of("order 7 is missing")))))
                .contains("- seed 100001: order 7 is missing")
                .doesNotContain("None of");
    }

    @Test
    void a_line_of_the_directory_is_read_as_it_was_written() {
        var one = segment(1, 1, List.of("order 7 is missing"));

        assertThat(JSON.readValue(JSON.writeValueAsString(one), SegmentResult.class))
                .isEqualTo(one);
    }
}
