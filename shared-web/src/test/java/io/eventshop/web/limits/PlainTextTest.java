package io.eventshop.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    record Name(@PlainText(max = 5) @Nullable String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ärger", "日本", "a b", "👩‍🔧", "😀😀😀😀😀", "<b>", "';--"})
    void what_people_write_is_accepted(String text) {
        assertThat(VALIDATOR.validate(new Name(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "\u2003", "sixsix", "a\u0000", "a\n", "a\r", "\t", "\u007f", "\u0085",
                "a\u2028", "\u2029b", "\u202e", "\u2066a", "\ud83d", "a\udc00"
            })
    void what_breaks_logs_and_databases_is_refused(String text) {
        assertThat(VALIDATOR.validate(new Name(text)))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.getMessage()).startsWith("must be 1 to 5 "));
    }

    @Test
    void absence_is_for_others_to_judge() {
        assertThat(VALIDATOR.validate(new Name(null))).isEmpty();
    }
}
