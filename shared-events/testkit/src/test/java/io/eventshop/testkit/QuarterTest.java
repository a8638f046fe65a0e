package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 27, 40})
    void four_quarters_are_the_whole_and_each_is_a_fourth_of_it(int size) {
        var whole = upTo(size);

        var quarters = Quarter.chosen("").stream().map(quarter -> Quarter.cut(whole, quarter));

        assertThat(quarters.toList())
                .satisfies(parts ->
                        assertThat(parts.stream().flatMap(List::stream))
                                .containsExactlyElementsOf(whole))
                .allSatisfy(one -> assertThat(one).hasSizeBetween(size / 4, Quarter.of(size)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 40})
    void a_class_in_two_quarters_has_half_in_each_and_nothing_in_the_others(int size) {
        var belongs = List.of(2, 4);
        var whole = upTo(size);

        assertThat(Quarter.share(belongs, List.of(1), whole)).isEmpty();
        assertThat(Quarter.share(belongs, List.of(3), whole)).isEmpty();
        assertThat(Quarter.share(belongs, List.of(2), whole))
                .containsExactlyElementsOf(upTo(size / 2));
        assertThat(Quarter.share(belongs, List.of(4), whole))
                .containsExactlyElementsOf(whole.subList(size / 2, size));
        assertThat(Quarter.share(belongs, Quarter.chosen(""), whole))
                .containsExactlyElementsOf(whole);
    }

    @Test
    void one_quarter_is_chosen_by_its_number_and_all_without() {
        assertThat(Quarter.chosen("3")).containsExactly(3);
        assertThat(Quarter.chosen("")).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "-1", "three", "3/4", " "})
    void what_is_no_quarter_is_refused(String quarter) {
        assertThatThrownBy(() -> Quarter.chosen(quarter))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("eventshop.quarter is one of [1, 2, 3, 4], not " + quarter);
    }

    @Test
    void a_proof_says_its_quarters_and_only_such_as_come() {
        assertThat(Quarter.of(InTwo.class)).containsExactly(1, 3);
        assertThatThrownBy(() -> Quarter.of(InNone.class))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Quarter.of(InAFifth.class))
                .hasMessage("InAFifth belongs to quarters [5], which are not of [1, 2, 3, 4]");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "1, false", "2, true", "3, false", "4, true"})
    void a_class_is_left_out_of_a_run_of_other_quarters(String quarter, boolean isLeftOut) {
        var decision = new InItsQuarter(Quarter.chosen(quarter)).evaluate(InTwo.class);

        assertThat(decision.isDisabled()).isEqualTo(isLeftOut);
    }

    @Proof(quarters = {1, 3})
    private static final class InTwo {}

    @Proof(quarters = {})
    private static final class InNone {}

    @Proof(quarters = 5)
    private static final class InAFifth {}

    private static List<Integer> upTo(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}
