package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuarterTest {

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
        var decision = Quarter.evaluate(InTwo.class, Quarter.chosen(quarter));

        assertThat(decision.isDisabled()).isEqualTo(isLeftOut);
    }

    @ParameterizedTest
    @CsvSource({"slow, 2", "slowElsewhere, 4"})
    void a_method_says_its_quarters_itself(String name, int quarter) throws Exception {
        var method = Mixed.class.getDeclaredMethod(name);

        var proof = Quarter.proof(Mixed.class, Optional.of(method));

        assertThat(Quarter.of(proof)).containsExactly(quarter);
        assertThat(Quarter.evaluate(proof, List.of(quarter)).isDisabled()).isFalse();
        assertThat(Quarter.evaluate(proof, List.of(1)).isDisabled()).isTrue();
    }

    @Test
    void a_method_of_a_class_of_proofs_belongs_to_the_class() throws Exception {
        var method = InTwo.class.getDeclaredMethod("one");

        assertThat(Quarter.proof(InTwo.class, Optional.of(method))).isEqualTo(InTwo.class);
        assertThat(Quarter.proof(InTwo.class, Optional.empty())).isEqualTo(InTwo.class);
    }

    @Test
    void a_method_with_a_quarter_that_never_comes_is_refused() throws Exception {
        var method = Mixed.class.getDeclaredMethod("never");

        assertThatThrownBy(() -> Quarter.of(method))
                .hasMessage("never belongs to quarters [0], which are not of [1, 2, 3, 4]");
    }

    @Proof(quarters = {1, 3})
    static final class InTwo {
        void one() {}
    }

    static final class Mixed {
        @Proof(quarters = 2)
        void slow() {}

        @Proof(quarters = 4)
        void slowElsewhere() {}

        @Proof(quarters = 0)
        void never() {}
    }

    @Proof(quarters = {})
    private static final class InNone {}

    @Proof(quarters = 5)
    private static final class InAFifth {}
}
