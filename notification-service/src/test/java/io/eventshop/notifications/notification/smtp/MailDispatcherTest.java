package io.eventshop.notifications.notification.smtp;

import static io.eventshop.testkit.Eventually.always;
import static io.eventshop.testkit.Eventually.await;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.notifications.News;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.TestOrders;
import io.eventshop.notifications.notification.FailedMails;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.MailQueue;
import io.eventshop.notifications.notification.NotificationQueries;
import io.eventshop.notifications.notification.NotificationStatus;
import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.testkit.PromisedTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@NotificationServiceTest
class MailDispatcherTest {

    @Autowired private News news;
    @Autowired private NotificationQueries notifications;
    @Autowired private MailQueue queue;
    @Autowired private FailedMails failed;
    @Autowired private Postman postman;
    @Autowired private MailDispatcher dispatcher;
    @Autowired private DispatcherThreads threads;
    @Autowired private ScriptedSmtpServer server;
    @Autowired private TransactionTemplate transaction;
    @Autowired private MeterRegistry meters;
    @Autowired private JdbcClient jdbc;

    private final UUID order = UUID.randomUUID();
    private final String address = "c" + order + "@example.test";

    /// Nothing of another test is on its way during this one, nor of this one later.
    @BeforeEach
    @AfterEach
    void obligingServerAndNothingToDo() {
        server.behave();
        threads.stop();
        jdbc.sql("delete from notification where status = 'PENDING'").update();
        threads.start();
    }

    @Test
    void what_was_committed_is_sent_once() {
        double sentBefore = meters.counter("eventshop.notifications.sent").count();

        confirmed(order, address);

        awaitStatus(NotificationStatus.SENT, order);
        assertThat(view(order).sentAt()).isNotNull();
        assertThat(server.mailsTo(address))
                .singleElement()
                .asString()
                .contains(order.toString())
                .contains("Message-ID: <" + view(order).id() + "@example.test>");
        assertThat(meters.counter("eventshop.notifications.sent").count())
                .isGreaterThanOrEqualTo(sentBefore + 1);
    }

    @Test
    void what_was_rolled_back_is_never_sent() {
        UUID later = UUID.randomUUID();

        transaction.executeWithoutResult(status -> {
            confirmed(order, address);
            status.setRollbackOnly();
        });
        confirmed(later, "later-" + address);

        awaitStatus(NotificationStatus.SENT, later);
        assertThat(server.mailsTo(address)).isEmpty();
        assertThat(notifications.list(order, null, 10)).isEmpty();
    }

    @Test
    void the_same_told_again_changes_nothing() {
        var event = TestOrders.event();
        confirmed(order, address);
        awaitStatus(NotificationStatus.SENT, order);

        news.arrive(event, new OrderConfirmed(order)); // another event, same news
        news.arrive(event, new OrderConfirmed(order)); // the same event

        assertThat(notifications.list(order, null, 10)).hasSize(1);
        assertThat(server.mailsTo(address)).hasSize(1);
    }

    @Test
    void an_answer_of_4xx_is_tried_again_until_the_mail_is_taken() {
        server.answer("RCPT TO:<" + address, "451 try again");
        confirmed(order, address);
        await().until(() -> attempts(order) >= 3);
        assertThat(view(order).status()).isEqualTo(NotificationStatus.PENDING);

        server.behave();

        awaitStatus(NotificationStatus.SENT, order);
        assertThat(server.mailsTo(address)).hasSize(1);
    }

    @Test
    void an_answer_of_5xx_ends_as_failed_and_holds_nobody_up() {
        UUID other = UUID.randomUUID();
        server.answer("RCPT TO:<" + address, "550 no such user");

        confirmed(order, address);
        confirmed(other, "other-" + address);

        awaitStatus(NotificationStatus.FAILED, order);
        awaitStatus(NotificationStatus.SENT, other);
        assertThat(view(order).sentAt()).isNull();
        assertThat(server.mailsTo(address)).isEmpty();
    }

    /// However it came here: from a service that took it before there was a judge, or from
    /// elsewhere.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "no address at all",
                "",
                "łukasz@example.test",
                "čapek@example.test",
                "victimŀbank.testľĠX=ľ@example.test",
                "ada@ex_ample.test",
                "ada@example\uff0etest",
                "ada@example.test\r\nRCPT TO:<eve@example.test>",
                "ada@[127.0.0.1]"
            })
    void an_address_that_mail_cannot_be_sent_to_fails_at_the_first_attempt(String bad) {
        int said = server.commands().size();
        double failedBefore = meters.counter("eventshop.notifications.failed").count();

        confirmed(order, bad);

        awaitStatus(NotificationStatus.FAILED, order);
        assertThat(attempts(order)).isEqualTo(1);
        assertThat(failure(order)).isEqualTo("mail cannot be sent to the address");
        assertThat(view(order).recipient()).isEqualTo(new EmailAddress(bad).masked());
        assertThat(server.commands().subList(said, server.commands().size()))
                .noneMatch(line -> line.startsWith("RCPT"));
        await().until(
                        () -> meters.counter("eventshop.notifications.failed").count(),
                        failed -> failed >= failedBefore + 1);
    }

    @Test
    void an_internationalised_domain_from_elsewhere_is_sent_to_in_its_ascii_form() {
        confirmed(order, "c" + order + "@münchen.example");

        awaitStatus(NotificationStatus.SENT, order);
        assertThat(server.commands()).contains("RCPT TO:<c" + order + "@xn--mnchen-3ya.example>");
    }

    /// Addresses that can never be sent to, that the server puts off, and that it dies of.
    @ParameterizedTest
    @CsvSource({"č,''", "bad,451 later", "bad,550 5.1.1 nobody", "bad,HANG_UP"})
    @Tag("promised-time")
    void an_ordinary_mail_leaves_before_a_thousand_that_cannot(String start, String answer) {
        var promised =
                new PromisedTime(
                        "an ordinary mail leaves behind a thousand: " + start + " " + answer,
                        Duration.ofSeconds(2));
        server.answer(
                "RCPT TO:<bad", answer.equals("HANG_UP") ? ScriptedSmtpServer.HANG_UP : answer);
        List<UUID> bad = Stream.generate(UUID::randomUUID).limit(1_000).toList();
        threads.stop();
        transaction.executeWithoutResult(
                _ -> bad.forEach(each -> confirmed(each, start + each + "@example.test")));
        threads.start();
        await().until(
                        () -> bad.stream().limit(20).map(this::attempts).reduce(0, Integer::sum),
                        attempts -> attempts > 0);

        confirmed(order, address);

        promised.until(() -> view(order).status() == NotificationStatus.SENT);
    }

    /// What was taken before it came, and is put back after, does not get ahead of it.
    @Test
    void an_ordinary_mail_is_taken_first_although_others_are_put_back_meanwhile() {
        threads.stop();
        transaction.executeWithoutResult(_ ->
                Stream.generate(UUID::randomUUID)
                        .limit(100)
                        .forEach(each -> confirmed(each, "bad" + each + "@example.test")));
        List<Mail> taken = queue.take(20, Duration.ofMinutes(1)).mails();
        confirmed(order, address);

        queue.putBack(taken);

        assertThat(queue.take(20, Duration.ofMinutes(1)).mails().getFirst().orderId())
                .isEqualTo(order);
    }

    /// Nothing is wrong with those who get it, so nobody is given up.
    @ParameterizedTest
    @CsvSource({
        "MAIL,530 5.7.0 authentication required",
        "MAIL,550 5.7.1 blocked",
        "RCPT,535 5.7.8 who are you"
    })
    void a_refusal_that_is_about_us_is_an_outage(String command, String answer) {
        server.answer(command, answer);
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(100).toList();
        orders.forEach(each -> confirmed(each, each + "@example.test"));
        await().until(() -> orders.stream().mapToInt(this::attempts).sum() >= 10);
        assertThat(orders)
                .allSatisfy(each ->
                        assertThat(view(each).status()).isEqualTo(NotificationStatus.PENDING));

        server.behave();

        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
    }

    /// The first four cannot know; with the fifth all are taken back.
    @Test
    void the_same_refusal_for_five_domains_in_a_row_is_an_outage() {
        server.answer("RCPT", "554 5.7.1 relay access denied");
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(100).toList();
        for (int i = 0; i < orders.size(); i++) {
            confirmed(orders.get(i), "c@shop-" + i + "." + orders.get(i) + ".test");
        }
        await().until(() -> orders.stream().mapToInt(this::attempts).sum() >= 30);
        await().until(() ->
                orders.stream()
                        .allMatch(each -> view(each).status() == NotificationStatus.PENDING));

        behaveBetweenMails();

        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
    }

    /// Nor do a crash, another instance or days in between change that: it is written down.
    @Test
    void the_fifth_may_come_much_later() {
        confirmed(order, address); // begins a new row
        awaitStatus(NotificationStatus.SENT, order);
        server.answer("RCPT", "550 no");
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(5).toList();
        for (UUID each : orders.subList(0, 4)) {
            confirmed(each, "c@" + each + ".test");
            awaitStatus(NotificationStatus.FAILED, each);
        }
        threads.stop();
        threads.start();
        confirmed(orders.get(4), "c@" + orders.get(4) + ".test");

        orders.forEach(each -> awaitStatus(NotificationStatus.PENDING, each));
        behaveBetweenMails();
        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
    }

    /// Or they would be tried for ever: five dead addresses look like an outage until something is
    /// taken.
    @Test
    void what_is_refused_again_after_a_mail_was_taken_is_meant() {
        server.answer("RCPT", "550 5.1.1 unknown");
        List<UUID> dead = Stream.generate(UUID::randomUUID).limit(5).toList();
        dead.forEach(each -> confirmed(each, "dead@" + each + ".test"));
        await().until(() -> dead.stream().mapToInt(this::attempts).sum() >= 10);
        threads.stop();
        server.behave();
        server.answer("RCPT TO:<dead", "550 5.1.1 unknown");
        threads.start();

        confirmed(order, address);
        awaitStatus(NotificationStatus.SENT, order);

        dead.forEach(each -> awaitStatus(NotificationStatus.FAILED, each));
        always(
                Duration.ofSeconds(1),
                () ->
                        assertThat(dead)
                                .allSatisfy(each ->
                                        assertThat(view(each).status())
                                                .isEqualTo(NotificationStatus.FAILED)));
    }

    @Test
    void refusals_that_differ_or_are_of_one_domain_or_are_interrupted_are_meant() {
        server.answer("RCPT TO:<same", "550 5.1.1 unknown");
        server.answer("RCPT TO:<other", "550 5.1.6 moved");
        confirmed(order, address); // begins a new row
        awaitStatus(NotificationStatus.SENT, order);
        var addresses =
                List.of(
                        "same-1@one.test",
                        "same-2@one.test",
                        "same-3@ONE.test",
                        "same@two.test",
                        "same@three.test",
                        "same@four.test",
                        "other@five.test",
                        "other@six.test");
        var refused = addresses.stream().collect(toMap(_ -> UUID.randomUUID(), it -> it));
        refused.forEach(this::confirmed);
        refused.keySet().forEach(each -> awaitStatus(NotificationStatus.FAILED, each));

        UUID sent = UUID.randomUUID();
        confirmed(sent, "sent-" + address);
        awaitStatus(NotificationStatus.SENT, sent);
        UUID fifth = UUID.randomUUID();
        confirmed(fifth, "same@five.test");

        awaitStatus(NotificationStatus.FAILED, fifth);
        assertThat(refused.keySet())
                .allSatisfy(each ->
                        assertThat(view(each).status()).isEqualTo(NotificationStatus.FAILED));
    }

    /// Because the first one may be what the server dies of.
    @Test
    void a_pass_without_a_server_tries_one_other_mail() {
        threads.stop();
        server.answer("GREETING", ScriptedSmtpServer.HANG_UP);
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(5).toList();
        orders.forEach(each -> confirmed(each, each + "@example.test"));

        assertThat(dispatcher.dispatch(() -> false)).isEqualTo(MailDispatcher.Pass.OUTAGE);

        assertThat(orders).extracting(this::attempts).containsExactlyInAnyOrder(0, 0, 0, 1, 1);
        server.behave();
        threads.start();
        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
    }

    @Test
    void a_failed_mail_is_sent_again_when_a_person_says_so() {
        server.answer("RCPT TO:<" + address, "550 5.2.1 mailbox disabled");
        confirmed(order, address);
        awaitStatus(NotificationStatus.FAILED, order);
        server.behave();

        assertThat(failed.sendAgain(view(order).id())).isTrue();

        awaitStatus(NotificationStatus.SENT, order);
        assertThat(server.mailsTo(address)).hasSize(1);
        assertThat(failed.sendAgain(view(order).id())).isFalse();
        assertThat(failed.sendAgain(UUID.randomUUID())).isFalse();
    }

    @Test
    void an_outage_of_the_mail_server_loses_nothing() {
        server.answer("GREETING", ScriptedSmtpServer.HANG_UP);
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(50).toList();
        orders.forEach(each -> confirmed(each, each + "@example.test"));
        await().until(() -> orders.stream().anyMatch(each -> attempts(each) >= 3));
        assertThat(queue.countPending()).isGreaterThanOrEqualTo(50);

        server.behave();

        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
        assertThat(orders)
                .allSatisfy(each -> assertThat(server.mailsTo(each + "@example.test")).hasSize(1));
    }

    @Test
    void a_mail_that_the_server_dies_of_lets_the_others_pass() {
        server.answer("RCPT TO:<" + address, ScriptedSmtpServer.HANG_UP);
        confirmed(order, address);
        List<UUID> others = Stream.generate(UUID::randomUUID).limit(30).toList();
        others.forEach(each -> confirmed(each, each + "@example.test"));

        others.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
        assertThat(view(order).status()).isEqualTo(NotificationStatus.PENDING);
    }

    @Test
    void a_crash_between_sending_and_marking_sends_a_second_copy_with_the_same_id() {
        threads.stop();
        confirmed(order, address);
        Mail mail = take().stream().filter(each -> order.equals(each.orderId())).findAny().get();
        assertThat(postman.deliver(mail)).isEqualTo(new Outcome.Sent());
        assertThat(view(order).status()).isEqualTo(NotificationStatus.PENDING); // and here it dies

        threads.start();

        awaitStatus(NotificationStatus.SENT, order);
        assertThat(server.mailsTo(address))
                .hasSize(2)
                .allSatisfy(copy ->
                        assertThat(copy).contains("Message-ID: <" + mail.id() + "@example.test>"));
    }

    @Test
    void no_two_dispatchers_have_the_same_mail_while_its_lease_holds() throws Exception {
        threads.stop();
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(100).toList();
        orders.forEach(each -> confirmed(each, each + "@example.test"));
        Set<UUID> taken = ConcurrentHashMap.newKeySet();
        Queue<UUID> twice = new ConcurrentLinkedQueue<>();

        var takers =
                IntStream.range(0, 4)
                        .mapToObj(
                                _ -> Thread.ofPlatform().start(() -> takeEverything(taken, twice)))
                        .toList();
        for (Thread taker : takers) {
            taker.join();
        }

        assertThat(twice).isEmpty();
        assertThat(taken).hasSizeGreaterThanOrEqualTo(100);
        assertThat(take()).isEmpty();
        threads.start(); // and once the leases are over, each is sent
        orders.forEach(each -> awaitStatus(NotificationStatus.SENT, each));
    }

    @Test
    void a_stop_puts_back_what_was_taken_and_not_tried() {
        threads.stop();
        confirmed(order, address);

        assertThat(dispatcher.dispatch(() -> true)).isEqualTo(MailDispatcher.Pass.FULL);

        assertThat(attempts(order)).isZero();
        assertThat(server.mailsTo(address)).isEmpty();
        threads.start();
        awaitStatus(NotificationStatus.SENT, order);
    }

    @Test
    void the_meter_tells_how_many_wait() {
        threads.stop();
        confirmed(order, address);

        assertThat(meters.get("eventshop.notifications.pending").gauge().value())
                .isGreaterThanOrEqualTo(1);
    }

    /// Until there is nothing left, or something was there twice: then there would be no end.
    private void takeEverything(Set<UUID> taken, Queue<UUID> twice) {
        for (var mails = take(7); !mails.isEmpty() && twice.isEmpty(); mails = take(7)) {
            mails.stream().map(Mail::id).filter(id -> !taken.add(id)).forEach(twice::add);
        }
    }

    private List<Mail> take() {
        return take(1_000);
    }

    private List<Mail> take(int countMax) {
        return queue.take(countMax, Duration.ofSeconds(3)).mails();
    }

    private void confirmed(UUID orderId, String email) {
        news.arrive(TestOrders.placed(orderId, email), new OrderConfirmed(orderId));
    }

    private NotificationView view(UUID orderId) {
        return notifications.list(orderId, null, 10).getFirst();
    }

    private int attempts(UUID orderId) {
        return jdbc.sql("select attempts from notification where order_id = :orderId")
                .param("orderId", orderId)
                .query(Integer.class)
                .single();
    }

    private String failure(UUID orderId) {
        return jdbc.sql("select failure from notification where order_id = :orderId")
                .param("orderId", orderId)
                .query(String.class)
                .single();
    }

    /// A refusal that is under way would be written down after the first mail that is taken, and
    /// count as meant.
    private void behaveBetweenMails() {
        threads.stop();
        server.behave();
        threads.start();
    }

    private void awaitStatus(NotificationStatus status, UUID orderId) {
        await().until(() -> view(orderId).status() == status);
    }
}
