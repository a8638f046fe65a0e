package io.eventshop.contracts.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.test",
                "Ada.Lovelace+shop@Example.Test",
                "o'brien_1!#$%&*/=?^`{|}~-@sub.example-1.test",
                "a@xn--mnchen-3ya.example",
                "a@1.2.example",
                "0@0.test"
            })
    void an_address_is_sent_to_as_it_was_written(String address) {
        assertThat(new EmailAddress(address).deliverable()).contains(new EmailAddress(address));
    }

    @ParameterizedTest
    @CsvSource({
        "info@münchen.example, info@xn--mnchen-3ya.example",
        "info@MÜNCHEN.Example, info@xn--mnchen-3ya.Example",
        "a@shop.例え.テスト, a@shop.xn--r8jz45g.xn--zckzah",
        "a@пример.test, a@xn--e1afmkfd.test",
    })
    void an_internationalised_domain_is_sent_to_in_its_ascii_form(String address, String ascii) {
        assertThat(new EmailAddress(address).deliverable()).contains(new EmailAddress(ascii));
        assertThat(new EmailAddress(ascii).deliverable()).contains(new EmailAddress(ascii));
    }

    /// The first ones were rewritten by a mail library, which wrote the low byte of each character.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "łukasz@example.test",
                "šimon@example.test",
                "čapek@example.test",
                "victimŀbank.test",
                "victimŀbank.test\u013e\u0120X=\u013e@example.test",
                "jörg@example.test",
                "😀@example.test",
                "a\u010d\u010aRCPT@example.test"
            })
    void a_local_part_beyond_ascii_is_not_sent_to(String address) {
        assertThat(new EmailAddress(address).deliverable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@ex_ample.test",
                "\u00a0a@example.test",
                "a@example.test\u00a0",
                " a@example.test",
                "a@example.test ",
                "a@example\uff0etest",
                "a@example\u3002test",
                "a@example\u200b.test",
                "a\u200b@example.test",
                "a@\ufeffexample.test",
                "a\uff20example.test",
                "a@\uff45xample.test",
                "a@ban\u212a.test",
                "a@\u017fhop.test",
                "a@straße.example",
                "a@βόλος.example",
                "a@na\u200dme.example",
                "a@xn--ü.example",
                "a@ü_.example",
                "a@-ü.example",
                "a@mu\u0308nchen.example"
            })
    void what_is_read_in_two_ways_or_cannot_be_seen_is_not_sent_to(String address) {
        assertThat(new EmailAddress(address).deliverable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.test",
                "ada@localhost",
                "ada@example.test.",
                "ada@.example.test",
                "ada@example..test",
                "ada@-example.test",
                "ada@example-.test",
                "ada@[127.0.0.1]",
                "ada@127.0.0.1",
                "ada@exa mple.test",
                "ada@example.test>",
                "ada@example.test\r\nBcc: eve@example.test",
                "ada@example.test\n",
                "\"ada\"@example.test",
                "\"a b\"@example.test",
                "Ada <ada@example.test>",
                "<ada@example.test>",
                "ada@two@example.test",
                "ada,eve@example.test",
                "ada@example.test,eve@example.test",
                "ada@example.test eve@example.test",
                ".ada@example.test",
                "ada.@example.test",
                "a..b@example.test",
                "ada(comment)@example.test",
                "ada@example.test\u0000",
                "\ud800@example.test",
                "a@\ud800.test"
            })
    void what_is_no_address_is_not_sent_to(String address) {
        assertThat(new EmailAddress(address).deliverable()).isEmpty();
    }

    @Test
    void every_part_has_its_length() {
        var domain = "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(61) + ".t";

        assertThat(new EmailAddress("l".repeat(64) + "@example.test").deliverable()).isPresent();
        assertThat(new EmailAddress("l".repeat(65) + "@example.test").deliverable()).isEmpty();
        assertThat(new EmailAddress("a@" + "l".repeat(63) + ".test").deliverable()).isPresent();
        assertThat(new EmailAddress("a@" + "l".repeat(64) + ".test").deliverable()).isEmpty();
        assertThat(new EmailAddress("a@" + "ü".repeat(63) + ".test").deliverable()).isEmpty();
        assertThat(new EmailAddress("l".repeat(254 - 1 - domain.length()) + "@" + domain))
                .satisfies(longest -> assertThat(longest.value()).hasSize(254))
                .satisfies(longest -> assertThat(longest.deliverable()).isPresent());
        assertThat(new EmailAddress("l".repeat(255 - 1 - domain.length()) + "@" + domain))
                .satisfies(longer -> assertThat(longer.deliverable()).isEmpty());
        assertThat(new EmailAddress("a@" + "x.".repeat(1_000_000) + "test").deliverable())
                .isEmpty();
    }

    /// Whatever is sent to is harmless in an SMTP command, and is what was written but for the form
    /// of its domain.
    @Test
    void what_is_sent_to_is_ascii_and_judged_alike_the_second_time() {
        var random = new Random(14);
        for (int i = 0; i < 50_000; i++) {
            var address = new EmailAddress(anything(random) + "@" + anything(random) + ".test");

            address.deliverable()
                    .ifPresent(judged -> {
                        assertThat(judged.value()).matches("[\\x21-\\x7e&&[^<>]]+@[A-Za-z0-9.-]+");
                        assertThat(judged.deliverable()).contains(judged);
                        assertThat(address.value())
                                .startsWith(
                                        judged.value().substring(0, judged.value().indexOf('@')));
                    });
        }
    }

    private static String anything(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0, 1 -> 'a' + random.nextInt(26);
                        case 2 -> random.nextInt(0x300);
                        default -> random.nextInt(Character.MAX_CODE_POINT + 1);
                    });
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.test, a***@example.test",
        "a@example.test, a***@example.test",
        "no address at all, n***",
        "@example.test, ***@example.test",
        "'', ***",
        "two@at@example.test, t***@example.test",
        "😀smile@example.test, 😀***@example.test",
        "ada@not a domain, a***",
        "'ada@example.test\nERROR forged line', a***",
        "'\rada@example.test\u0000', ?***",
    })
    void shows_the_first_character_and_the_domain(String address, String masked) {
        assertThat(new EmailAddress(address).masked()).isEqualTo(masked);
        assertThat(new EmailAddress(address)).hasToString(masked.replaceAll("@.*", ""));
    }
}
