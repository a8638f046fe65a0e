package io.eventshop.notifications.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventshop.contracts.values.EmailAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "Shop <shop@example.test>", "š@example.test"})
    void who_cannot_write_or_be_written_to_is_refused_at_the_start(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(address, "buyer@example.test", Duration.ZERO))
                .withMessageContaining("eventshop.notifications.from");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("shop@example.test", address, Duration.ZERO))
                .withMessageContaining("eventshop.notifications.buyer");
    }

    @Test
    void a_time_before_the_end_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        properties("shop@example.test", "buyer@example.test", Duration.ofDays(-1)))
                .withMessageContaining("eventshop.notifications.addresses-kept");
    }

    @Test
    void addresses_are_as_mail_is_sent_to_them() {
        var properties = properties("shop@münchen.example", "buyer@example.test", Duration.ZERO);

        assertThat(properties.from().value()).isEqualTo("shop@xn--mnchen-3ya.example");
    }

    private static NotificationProperties properties(String from, String buyer, Duration kept) {
        return new NotificationProperties(
                new EmailAddress(from), new EmailAddress(buyer), kept, Duration.ofMinutes(1));
    }
}
