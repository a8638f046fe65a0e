package io.eventshop.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.demo.Arguments.Syntax;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final Syntax SYNTAX =
            new Syntax("load", Set.of("orders", "sku"), Set.of("follow"));

    @Test
    void an_option_takes_its_value_with_or_without_an_equals_sign() {
        assertThat(parse("--orders", "7").number("orders", 1, 1, 10)).isEqualTo(7);
        assertThat(parse("--orders=7").number("orders", 1, 1, 10)).isEqualTo(7);
        assertThat(parse().number("orders", 1, 1, 10)).isEqualTo(1);
    }

    @Test
    void a_value_may_contain_an_equals_sign() {
        assertThat(parse("--sku", "order-service=2").all("sku")).containsExactly("order-service=2");
        assertThat(parse("--sku=order-service=2").all("sku")).containsExactly("order-service=2");
    }

    @Test
    void an_option_may_be_repeated() {
        assertThat(parse("--sku", "A", "--follow", "--sku", "B").all("sku"))
                .containsExactly("A", "B");
    }

    @Test
    void one_word_may_stand_among_the_options_of_a_command_that_takes_one() {
        var drill = new Syntax("drill", true, Set.of(), Set.of("list"));

        assertThat(Arguments.parse(drill, List.of("--list", "poison")).word()).isEqualTo("poison");
        assertThat(Arguments.parse(drill, List.of()).word()).isNull();
        assertThatThrownBy(() -> Arguments.parse(drill, List.of("poison", "duplicate")))
                .hasMessageContaining("duplicate is not an option of ./demo drill");
    }

    @Test
    void what_means_nothing_is_refused_with_a_sentence_and_exit_code_2() {
        refuses("--colour is not an option of ./demo load; ", "--colour", "red");
        refuses("--follow=yes is not an option", "--follow=yes");
        refuses("red is not an option", "red");
        refuses("--orders needs a value", "--orders");
        refuses("--orders needs a value", "--orders", "--follow");
    }

    @Test
    void a_number_outside_its_range_is_refused() {
        for (String typed : List.of("0", "11", "many", "1.5", "99999999999")) {
            assertThatThrownBy(() -> parse("--orders", typed).number("orders", 1, 1, 10))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(
                            "--orders wants a whole number from 1 to 10, not " + typed);
        }
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(SYNTAX, List.of(words));
    }

    private static void refuses(String sentence, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("./demo load --help")
                .extracting(e -> ((Refusal) e).exitCode())
                .isEqualTo(2);
    }
}
