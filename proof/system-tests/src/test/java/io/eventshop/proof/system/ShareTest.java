package io.eventshop.proof.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.testkit.Quarter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 27, 40})
    void four_quarters_are_the_whole_and_each_is_a_fourth_of_it(int size) {
        var whole = upTo(size);

        var quarters = Quarter.ALL.stream().map(quarter -> Share.of(quarter, whole));

        assertThat(quarters.toList())
                .satisfies(parts ->
                        assertThat(parts.stream().flatMap(List::stream))
                                .containsExactlyElementsOf(whole))
                .allSatisfy(one -> assertThat(one).hasSizeBetween(size / 4, Share.fourthOf(size)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 40})
    void a_class_in_two_quarters_has_half_in_each_and_nothing_in_the_others(int size) {
        var belongs = List.of(2, 4);
        var whole = upTo(size);

        assertThat(Share.of(belongs, List.of(1), whole)).isEmpty();
        assertThat(Share.of(belongs, List.of(3), whole)).isEmpty();
        assertThat(Share.of(belongs, List.of(2), whole)).containsExactlyElementsOf(upTo(size / 2));
        assertThat(Share.of(belongs, List.of(4), whole))
                .containsExactlyElementsOf(whole.subList(size / 2, size));
        assertThat(Share.of(belongs, Quarter.ALL, whole)).containsExactlyElementsOf(whole);
    }

    private static List<Integer> upTo(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}
