package io.eventshop.notifications.notification.smtp;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Money;
import io.eventshop.contracts.Sku;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.notification.Letter;
import io.eventshop.notifications.notification.Mail;
import io.eventshop.notifications.notification.MailQueue;
import io.eventshop.notifications.notification.NotificationService;
import io.eventshop.notifications.notification.NotificationStatus;
import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.notifications.notification.SourceEvent;
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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@NotificationServiceTest
class MailDispatcherTest {

    @Autowired private NotificationService notifications;
    @Autowired private MailQueue queue;
    @Autowired private Postman postman;
    @Autowired private MailDispatcher dispatcher;
    @Autowired private DispatcherThreads threads;
    @Autowired private ScriptedSmtpServer server;
    @Autowired private TransactionTemplate transaction;
    @Autowired private MeterRegistry meters;
    @Autowired private JdbcClient jdbc;

    private final UUID order = UUID.randomUUID();
    private final String address = "c" + order + "@example.test";

    @BeforeEach
    void obligingServer() {
        server.behave();
    }

    @AfterEach
    void runningDispatcher() {
        server.behave();
        if (!threads.isRunning()) {
            threads.start();
        }
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
            write(order, address);
            status.setRollbackOnly();
        });
        confirmed(later, "later-" + address);

        awaitStatus(NotificationStatus.SENT, later);
        assertThat(server.mailsTo(address)).isEmpty();
        assertThat(notifications.list(order, null, 10)).isEmpty();
    }

    @Test
    void the_same_told_again_changes_nothing() {
        var event = new SourceEvent(UUID.randomUUID(), "flow");
        var letter = Letter.about(new OrderConfirmed(order));
        confirmed(order, address);
        awaitStatus(NotificationStatus.SENT, order);

        transaction.executeWithoutResult(
                _ -> notifications.tellCustomer(order, letter, event)); // another event, same news
        transaction.executeWithoutResult(
                _ -> notifications.tellCustomer(order, letter, event)); // the same event

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

    @Test
    void an_address_that_is_none_ends_as_failed() {
        confirmed(order, "no address at all");

        awaitStatus(NotificationStatus.FAILED, order);
        assertThat(view(order).recipient()).isEqualTo("n***");
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
        return queue.take(countMax, Duration.ofSeconds(3));
    }

    private void confirmed(UUID orderId, String email) {
        transaction.executeWithoutResult(_ -> write(orderId, email));
    }

    private void write(UUID orderId, String email) {
        var price = new Money(1999, "EUR");
        notifications.keepContact(
                new OrderPlaced(
                        orderId,
                        "ada",
                        email,
                        List.of(new OrderPlaced.Line(new Sku("TEAPOT-1"), 1, price)),
                        price));
        notifications.tellCustomer(
                orderId,
                Letter.about(new OrderConfirmed(orderId)),
                new SourceEvent(UUID.randomUUID(), "flow"));
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

    private void awaitStatus(NotificationStatus status, UUID orderId) {
        await().until(() -> view(orderId).status() == status);
    }
}
