package io.eventshop.notifications.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.notifications.News;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.TestOrders;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.MailQueue;
import io.eventshop.notifications.notification.NotificationQueries;
import io.eventshop.notifications.notification.NotificationStatus;
import io.eventshop.notifications.notification.NotificationView;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a lease is, told with one mail and dispatchers that are played by the test.
@NotificationServiceTest
class MailQueueTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Autowired private News news;
    @Autowired private NotificationQueries notifications;
    @Autowired private MailQueue queue;
    @Autowired private DispatcherThreads threads;
    @Autowired private JdbcClient jdbc;

    private final UUID order = UUID.randomUUID();

    @BeforeEach
    void oneMailAndNoOtherDispatcher() {
        threads.stop();
        jdbc.sql("delete from notification where status = 'PENDING'").update();
        news.arrive(TestOrders.placed(order, "ada@example.test"), new OrderConfirmed(order));
    }

    @AfterEach
    void nothingToDo() {
        jdbc.sql("delete from notification where status = 'PENDING'").update();
        threads.start();
    }

    @Test
    void a_taken_mail_is_nobody_elses_until_its_lease_ends() {
        var mail = take().getFirst();

        assertThat(mail.attempt()).isEqualTo(1);
        assertThat(mail.lease()).isAfter(mail.dueAt().plusSeconds(59));
        pass(Duration.ofSeconds(50));
        assertThat(take()).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(take().getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void a_sent_mail_is_sent_whoever_holds_the_lease() {
        var slow = takeAndLose();
        var quick = take().getFirst();

        assertThat(queue.sent(slow)).isTrue();
        assertThat(view().status()).isEqualTo(NotificationStatus.SENT);
        assertThat(view().sentAt()).isAfter(slow.dueAt());
        assertThat(queue.sent(quick)).isFalse();
    }

    @Test
    void who_has_lost_the_lease_can_neither_fail_nor_move_the_mail() {
        var slow = takeAndLose();
        var quick = take().getFirst();

        assertThat(queue.fail(slow, "refused")).isFalse();
        assertThat(queue.refuse(slow, "refused", LEASE)).isEqualTo(MailQueue.Refusal.LATE);
        assertThat(queue.postpone(slow, Duration.ZERO, "later")).isFalse();
        queue.putBack(List.of(slow));
        assertThat(take()).isEmpty();
        assertThat(view().status()).isEqualTo(NotificationStatus.PENDING);
        assertThat(queue.fail(quick, "refused")).isTrue();
        assertThat(view().status()).isEqualTo(NotificationStatus.FAILED);
    }

    @Test
    void a_mail_that_was_put_back_has_not_used_up_an_attempt() {
        var mail = take().getFirst();

        queue.putBack(List.of(mail));

        var again = take().getFirst();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.dueAt()).isEqualTo(mail.dueAt());
    }

    @Test
    void a_postponed_mail_waits_for_its_next_attempt() {
        var mail = take().getFirst();

        assertThat(queue.postpone(mail, Duration.ofSeconds(30), "later")).isTrue();

        assertThat(take()).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(take().getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void both_ends_are_final() {
        var mail = take().getFirst();
        assertThat(queue.fail(mail, "refused")).isTrue();

        assertThat(queue.sent(mail)).isFalse();
        pass(Duration.ofHours(1));
        assertThat(take()).isEmpty();
        assertThat(view().status()).isEqualTo(NotificationStatus.FAILED);
    }

    @Test
    void neither_view_nor_mail_shows_the_address() {
        var mail = take().getFirst();

        assertThat(view().recipient()).isEqualTo("a***@example.test");
        assertThat(mail.toString()).contains("a***@example.test").doesNotContain("ada@");
    }

    private List<Mail> take() {
        return queue.take(20, LEASE).mails();
    }

    private Mail takeAndLose() {
        var mail = take().getFirst();
        pass(LEASE);
        return mail;
    }

    private void pass(Duration time) {
        jdbc.sql("update notification set due_at = due_at - cast(:time as interval)")
                .param("time", time.toString())
                .update();
    }

    private NotificationView view() {
        return notifications.list(order, null, 1).getFirst();
    }
}
