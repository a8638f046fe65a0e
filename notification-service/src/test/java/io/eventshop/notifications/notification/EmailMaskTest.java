package io.eventshop.notifications.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailMaskTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.test, a***@example.test",
        "a@example.test, a***@example.test",
        "no address at all, n***",
        "@example.test, ***@example.test",
        "'', ***",
        "two@at@example.test, t***@example.test",
        "😀smile@example.test, 😀***@example.test",
    })
    void shows_the_first_character_and_the_domain(String address, String masked) {
        assertThat(EmailMask.mask(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"'ada@example.test\nERROR forged line'", "'\rada@example.test\u0000'"})
    void lets_nobody_forge_a_log_line(String address) {
        assertThat(EmailMask.mask(address)).doesNotContainPattern("\\p{Cntrl}");
    }
}
