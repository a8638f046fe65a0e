package io.eventshop.notifications.notification.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Sku;
import io.eventshop.launcher.servers.Mail;
import io.eventshop.launcher.servers.MailServer;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.TestOrders;
import io.eventshop.notifications.notification.NotificationKind;
import io.eventshop.notifications.notification.NotificationQueries;
import io.eventshop.notifications.notification.NotificationStatus;
import io.eventshop.notifications.notification.NotificationView;
import io.eventshop.testkit.Fact;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@NotificationServiceTest
class NotificationMessagingTest {

    @Autowired private Scenario scenario;
    @Autowired private KafkaProbe probe;
    @Autowired private EventCodec codec;
    @Autowired private NotificationQueries notifications;
    @Autowired private ScriptedSmtpServer server;
    @Autowired private JavaMailSenderImpl sender;
    @Autowired private JdbcClient jdbc;

    private final UUID order = UUID.randomUUID();
    private final String address = "c" + order + "@example.test";

    @BeforeEach
    void obligingServer() {
        server.behave();
    }

    @Test
    void a_confirmed_order_is_mailed_to_the_address_it_was_placed_with() throws Exception {
        scenario.given(placed(order))
                .when(new OrderConfirmed(order))
                .then(() ->
                        assertThat(kinds(order)).containsExactly(NotificationKind.ORDER_CONFIRMED))
                .then(() -> assertSent(order))
                .then(() -> assertThat(server.mailsTo(address)).hasSize(1));
    }

    @Test
    void a_rejected_order_is_mailed() {
        scenario.given(placed(order))
                .when(new OrderRejected(order, OrderRejected.Reason.OUT_OF_STOCK))
                .then(() ->
                        assertThat(kinds(order)).containsExactly(NotificationKind.ORDER_REJECTED))
                .then(() -> assertSent(order));
    }

    @Test
    void an_order_confirmed_and_cancelled_is_mailed_about_twice() {
        scenario.given(placed(order), new OrderConfirmed(order))
                .when(new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST))
                .then(() ->
                        assertThat(kinds(order))
                                .containsExactly(
                                        NotificationKind.ORDER_CANCELLED,
                                        NotificationKind.ORDER_CONFIRMED))
                .then(() -> assertSent(order))
                .then(() -> assertThat(server.mailsTo(address)).hasSize(2));
    }

    @Test
    void low_stock_is_mailed_to_the_buyer_each_time_it_happens() {
        var sku = new Sku("LOW-" + order.toString().substring(0, 8).toUpperCase(Locale.ROOT));
        var first = Fact.of(new StockLow(sku, 4, 5));
        var second = Fact.of(new StockLow(sku, 3, 5)).withVersion(2);

        scenario.given(first, first, second)
                .then(() -> assertThat(about(sku)).hasSize(2))
                .then(() ->
                        assertThat(about(sku))
                                .allSatisfy(view ->
                                        assertThat(view.recipient())
                                                .isEqualTo("b***@example.test")));
    }

    @Test
    void duplicates_write_one_notification() {
        var confirmed = Fact.of(new OrderConfirmed(order)).withVersion(2);
        var sentinel = UUID.randomUUID();

        scenario.given(Fact.of(placed(order)), confirmed, confirmed, confirmed)
                .when(Fact.of(new OrderConfirmed(order)).withVersion(3)) // the same news again
                .given(placed(sentinel), new OrderConfirmed(sentinel))
                .then(() -> assertSent(order))
                .then(() -> assertSent(sentinel))
                .then(() -> assertThat(kinds(order)).hasSize(1))
                .then(() -> assertThat(server.mailsTo(address)).hasSize(1));
    }

    @Test
    void a_full_replay_changes_nothing_even_if_nobody_remembers_what_was_processed() {
        var placed = Fact.of(placed(order));
        var confirmed = Fact.of(new OrderConfirmed(order)).withVersion(2);
        var sku = new Sku("REPLAY-1");
        var low = Fact.of(new StockLow(sku, 4, 5));
        scenario.given(placed, confirmed, low)
                .until(() -> assertSent(order))
                .until(() -> assertThat(about(sku)).hasSize(1));
        List<NotificationView> before = notifications.list(order, null, 10);

        jdbc.sql("delete from messaging.processed_message").update();
        // The last event of each key: once it is applied, so is everything before it.
        scenario.when(placed, confirmed, low)
                .when(
                        Fact.of(new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST))
                                .withVersion(3))
                .when(Fact.of(new StockLow(sku, 2, 5)).withVersion(2))
                .then(() -> assertThat(kinds(order)).contains(NotificationKind.ORDER_CANCELLED))
                .then(() -> assertThat(about(sku)).hasSize(2));

        assertThat(notifications.list(order, null, 10))
                .filteredOn(view -> view.kind() == NotificationKind.ORDER_CONFIRMED)
                .isEqualTo(before);
        assertThat(server.mailsTo(address))
                .filteredOn(mail -> mail.contains("is confirmed"))
                .hasSize(1);
    }

    @Test
    void news_of_an_order_that_was_never_placed_becomes_a_dead_letter() {
        var confirmed = Fact.of(new OrderConfirmed(order));

        scenario.when(confirmed).then(() -> assertThat(deadLetters(confirmed)).isEqualTo(1));

        assertThat(notifications.list(order, null, 10)).isEmpty();
    }

    /// Everybody who may write to some topic could have mails sent.
    @Test
    void a_confirmation_on_the_topic_of_stock_sends_no_mail() {
        var confirmed = Fact.of(new OrderConfirmed(order)).withVersion(2);
        scenario.given(placed(order));

        probe.publish(
                Topics.STOCK.name(),
                order.toString(),
                confirmed.attributes(),
                codec.encode(confirmed.event()));

        scenario.then(() ->
                assertThat(reasons(Topics.STOCK, order))
                        .singleElement()
                        .asString()
                        .contains("order-confirmed.v1 is not read from stock.events"));
        assertThat(kinds(order)).isEmpty();
        scenario.when(confirmed)
                .then(() ->
                        assertThat(kinds(order)).containsExactly(NotificationKind.ORDER_CONFIRMED));
    }

    @Test
    void other_facts_about_stock_are_no_news() {
        var sku = new Sku("RECEIVED-1");

        scenario.given(new StockReceived(sku, 10, 10))
                .when(Fact.of(new StockLow(sku, 4, 5)).withVersion(2))
                .then(() -> assertThat(about(sku)).hasSize(1));
    }

    @Test
    void a_real_mail_server_that_was_down_gets_every_mail_once() {
        int scripted = sender.getPort();
        try (var real = new MailServer(Trees.temporary("mail"), 0)) {
            real.start();
            sender.setPort(real.port());
            real.stop();

            scenario.given(placed(order), new OrderConfirmed(order))
                    .until(() -> assertThat(kinds(order)).hasSize(1));
            real.start();

            scenario.then(() -> assertSent(order));
            assertThat(real.mails())
                    .filteredOn(mail -> mail.to().equals(address))
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(mail.from()).isEqualTo("shop@example.test");
                        assertThat(mail.messageId())
                                .contains(
                                        notifications
                                                .list(order, null, 1)
                                                .getFirst()
                                                .id()
                                                .toString());
                    })
                    .extracting(Mail::text)
                    .asString()
                    .contains(order.toString());
        } finally {
            sender.setPort(scripted);
        }
    }

    private static OrderPlaced placed(UUID orderId) {
        return TestOrders.placed(orderId, "c" + orderId + "@example.test");
    }

    private List<NotificationKind> kinds(UUID orderId) {
        return notifications.list(orderId, null, 10).stream().map(NotificationView::kind).toList();
    }

    private List<NotificationView> about(Sku sku) {
        return notifications.list(null, null, 100).stream()
                .filter(view -> sku.value().equals(view.sku()))
                .toList();
    }

    private void assertSent(UUID orderId) {
        assertThat(notifications.list(orderId, null, 10))
                .isNotEmpty()
                .allSatisfy(view -> assertThat(view.status()).isEqualTo(NotificationStatus.SENT));
    }

    private List<String> reasons(Topic topic, UUID orderId) {
        return jdbc.sql(
                        """
                        select reason
                        from messaging.dead_letter
                        where consumer = 'mails'
                          and topic = :topic
                          and record_key = convert_to(:key, 'UTF8')
                        """)
                .param("topic", topic.name())
                .param("key", orderId.toString())
                .query((row, _) -> row.getString("reason"))
                .list();
    }

    private long deadLetters(Fact fact) {
        return jdbc.sql(
                        """
                        select count(*)
                        from messaging.dead_letter
                        where consumer = 'mails'
                          and event_id = :id
                        """)
                .param("id", fact.id())
                .query(Long.class)
                .single();
    }
}
