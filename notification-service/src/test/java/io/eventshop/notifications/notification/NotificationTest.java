package io.eventshop.notifications.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.values.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NotificationTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Notification notification =
            new Notification(
                    UUID.fromString("019a9c5e-3f52-7c11-9d1b-0a4f5e6d7c8b"),
                    Letter.about(
                            new OrderConfirmed(
                                    UUID.fromString("019a9c5e-3e0a-7b3c-8f2d-1c2b3a4d5e6f"))),
                    new EmailAddress("ada@example.test"),
                    new SourceEvent(
                            UUID.fromString("019a9c5e-3f00-7000-8000-000000000001"), "flow-1"));

    @Test
    void a_taken_mail_is_nobody_elses_until_its_lease_ends() {
        var mail = notification.lease(NOON, LEASE).orElseThrow();

        assertThat(mail.attempt()).isEqualTo(1);
        assertThatThrownBy(() -> notification.lease(NOON.plusSeconds(59), LEASE).orElseThrow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be taken");
        assertThat(notification.lease(NOON.plusSeconds(60), LEASE).orElseThrow().attempt())
                .isEqualTo(2);
    }

    @Test
    void a_sent_mail_is_sent_whoever_holds_the_lease() {
        var slow = notification.lease(NOON, LEASE).orElseThrow();
        var _ = notification.lease(NOON.plusSeconds(60), LEASE).orElseThrow();

        assertThat(slow.attempt()).isEqualTo(1);
        assertThat(notification.sent(NOON.plusSeconds(61))).isTrue();
        assertThat(notification.view().status()).isEqualTo(NotificationStatus.SENT);
        assertThat(notification.view().sentAt()).isEqualTo(NOON.plusSeconds(61));
    }

    @Test
    void who_has_lost_the_lease_can_neither_fail_nor_move_the_mail() {
        var slow = notification.lease(NOON, LEASE).orElseThrow();
        var quick = notification.lease(NOON.plusSeconds(60), LEASE).orElseThrow();

        assertThat(notification.fail(slow.lease(), "refused", NOON)).isFalse();
        assertThat(notification.postpone(slow.lease(), NOON, "later")).isFalse();
        assertThat(notification.putBack(slow.lease(), slow.dueAt())).isFalse();
        assertThat(notification.view().status()).isEqualTo(NotificationStatus.PENDING);
        assertThat(notification.fail(quick.lease(), "refused", NOON)).isTrue();
        assertThat(notification.view().status()).isEqualTo(NotificationStatus.FAILED);
    }

    @Test
    void a_mail_that_was_put_back_has_not_used_up_an_attempt() {
        var mail = notification.lease(NOON, LEASE).orElseThrow();

        assertThat(notification.putBack(mail.lease(), mail.dueAt())).isTrue();

        var again = notification.lease(NOON.plusSeconds(1), LEASE).orElseThrow();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.dueAt()).isEqualTo(mail.dueAt());
    }

    @Test
    void both_ends_are_final() {
        var mail = notification.lease(NOON, LEASE).orElseThrow();
        assertThat(notification.fail(mail.lease(), "refused", NOON)).isTrue();

        assertThat(notification.sent(NOON)).isFalse();
        assertThatThrownBy(() -> notification.lease(NOON.plusSeconds(3600), LEASE).orElseThrow())
                .hasMessageContaining("is FAILED");
    }

    @Test
    void neither_view_nor_mail_shows_the_address() {
        var mail = notification.lease(NOON, LEASE).orElseThrow();

        assertThat(notification.view().recipient()).isEqualTo("a***@example.test");
        assertThat(mail.toString()).contains("a***@example.test").doesNotContain("ada@");
    }
}
