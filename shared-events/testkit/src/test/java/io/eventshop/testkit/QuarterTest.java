package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 27, 40})
    void four_quarters_are_the_whole_and_each_is_a_fourth_of_it(int size) {
        var whole = IntStream.range(0, size).boxed().toList();

        var quarters =
                IntStream.rangeClosed(1, 4)
                        .mapToObj(quarter -> Quarter.cut(whole, quarter))
                        .toList();

        assertThat(quarters.stream().flatMap(List::stream)).containsExactlyElementsOf(whole);
        assertThat(quarters)
                .allSatisfy(one -> assertThat(one).hasSizeBetween(size / 4, Quarter.of(size)));
    }
}
