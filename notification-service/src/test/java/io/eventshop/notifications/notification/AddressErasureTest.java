package io.eventshop.notifications.notification;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import io.eventshop.notifications.News;
import io.eventshop.notifications.NotificationServiceTest;
import io.eventshop.notifications.ScriptedSmtpServer;
import io.eventshop.notifications.TestOrders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The life of an address, as if time had passed.
@NotificationServiceTest
class AddressErasureTest {

    @Autowired private News news;
    @Autowired private NotificationQueries notifications;
    @Autowired private MailQueue queue;
    @Autowired private FailedMails failed;
    @Autowired private NotificationProperties properties;
    @Autowired private AddressErasure erasure;
    @Autowired private ScriptedSmtpServer server;
    @Autowired private JdbcClient jdbc;

    private final UUID order = UUID.randomUUID();
    private final String address = "c" + order + "@example.test";
    private final OrderPlaced placed = TestOrders.placed(order, address);

    @BeforeEach
    @AfterEach
    void obligingServer() {
        server.behave();
    }

    @Test
    void an_address_is_known_for_some_days_after_the_orders_end() {
        keep();
        eraseAfter(Duration.ofDays(365));
        assertThat(contact()).isEqualTo(address); // which has not ended

        news.arrive(new OrderConfirmed(order));
        awaitStatus(NotificationStatus.SENT);
        eraseAfter(properties.addressesKept().minusHours(1));
        assertThat(contact()).isEqualTo(address);
        assertThat(recipients()).containsExactly(address);

        eraseAfter(properties.addressesKept().plusHours(1));
        assertThat(contact()).isEqualTo("c***@example.test");
        assertThat(recipients()).containsExactly("c***@example.test");
        assertThat(view().recipient()).isEqualTo("c***@example.test");
        assertThat(rowsWith(address)).isZero();
    }

    @Test
    void nobody_has_to_ask_for_it() {
        keep();
        news.arrive(new OrderConfirmed(order));
        awaitStatus(NotificationStatus.SENT);

        jdbc.sql(
                        "update notification set created_at = created_at - interval '31 days' where order_id = :order")
                .param("order", order)
                .update();

        await().until(() -> rowsWith(address) == 0);
        assertThat(contact()).isEqualTo("c***@example.test");
    }

    @Test
    void what_was_erased_does_not_come_back_and_is_not_sent_to() {
        keep();
        news.arrive(new OrderConfirmed(order));
        awaitStatus(NotificationStatus.SENT);
        eraseAfter(properties.addressesKept().plusHours(1));
        int said = server.commands().size();

        keep(); // a replay of what was said then
        news.arrive(new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST));

        assertThat(rowsWith(address)).isZero();
        assertThat(view().kind()).isEqualTo(NotificationKind.ORDER_CANCELLED);
        assertThat(view().status()).isEqualTo(NotificationStatus.FAILED);
        assertThat(view().recipient()).isEqualTo("c***@example.test");
        assertThat(failed.sendAgain(view().id())).isFalse();
        assertThat(failed.sendAgain("the address was erased, some days after the order's end"))
                .isZero();
        assertThat(server.commands().subList(said, server.commands().size()))
                .noneMatch(line -> line.contains("c***"));
    }

    /// And that of what has arrived already, for it is the same order's.
    @Test
    void a_mail_on_its_way_keeps_its_address_until_it_has_arrived() {
        keep();
        news.arrive(new OrderConfirmed(order));
        awaitStatus(NotificationStatus.SENT);
        server.answer("RCPT TO:<" + address, "451 later");
        news.arrive(new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST));
        eraseAfter(Duration.ofDays(365));
        assertThat(contact()).isEqualTo(address);
        assertThat(recipients()).containsExactly(address, address);

        server.behave();
        awaitStatus(NotificationStatus.SENT);
        eraseAfter(Duration.ofDays(365));

        assertThat(rowsWith(address)).isZero();
    }

    @Test
    void an_order_that_ends_once_more_begins_the_days_anew() {
        keep();
        news.arrive(new OrderConfirmed(order));
        awaitStatus(NotificationStatus.SENT);
        jdbc.sql(
                        "update notification set created_at = created_at - interval '29 days' where order_id = :order")
                .param("order", order)
                .update();
        news.arrive(new OrderCancelled(order, OrderCancelled.Reason.CUSTOMER_REQUEST));
        awaitStatus(NotificationStatus.SENT);

        eraseAfter(Duration.ofDays(2));

        assertThat(contact()).isEqualTo(address);
    }

    @Test
    void the_buyers_address_goes_as_well_and_there_may_be_many() {
        for (int i = 0; i < 250; i++) {
            var sku = new Sku("E%d-%S".formatted(i, order.toString().substring(0, 8)));
            news.arrive(new StockLow(sku, 1, 2));
        }
        await().until(() -> queue.countPending() == 0);

        eraseAfter(properties.addressesKept().plusHours(1));

        assertThat(
                        jdbc.sql("select distinct recipient from notification where sku like :skus")
                                .param(
                                        "skus",
                                        "E%-"
                                                + order.toString()
                                                        .substring(0, 8)
                                                        .toUpperCase(Locale.ROOT))
                                .query(String.class)
                                .list())
                .containsExactly("b***@example.test");
    }

    /// As if so much time had passed: it is as if addresses were kept for so much less.
    private void eraseAfter(Duration time) {
        erasure.erase(properties.addressesKept().minus(time), () -> false);
    }

    private void keep() {
        news.arrive(placed);
    }

    private NotificationView view() {
        return notifications.list(order, null, 10).getFirst();
    }

    private void awaitStatus(NotificationStatus status) {
        await().until(() -> view().status() == status);
    }

    private String contact() {
        return jdbc.sql("select email from order_contact where order_id = :order")
                .param("order", order)
                .query(String.class)
                .single();
    }

    private List<@Nullable String> recipients() {
        return jdbc.sql("select recipient from notification where order_id = :order")
                .param("order", order)
                .query(String.class)
                .list();
    }

    /// Of all tables of the service, its journals included.
    private long rowsWith(String text) {
        return jdbc.sql(
                        """
                        select (select count(*) from order_contact c where c::text like :text)
                             + (select count(*) from notification n where n::text like :text)
                        """)
                .param("text", "%" + text + "%")
                .query(Long.class)
                .single();
    }
}
