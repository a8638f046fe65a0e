package io.eventshop.notifications.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LetterTest {

    private static final UUID ORDER = UUID.fromString("019a9c5e-3e0a-7b3c-8f2d-1c2b3a4d5e6f");

    @Test
    void a_confirmed_order_is_told_in_plain_words() {
        var letter = Letter.about(new OrderConfirmed(ORDER));

        assertThat(letter.kind()).isEqualTo(NotificationKind.ORDER_CONFIRMED);
        assertThat(letter.orderId()).isEqualTo(ORDER);
        assertThat(letter.subject()).isEqualTo("Your order " + ORDER + " is confirmed");
        assertThat(letter.text()).contains(ORDER.toString()).contains("reserved for you");
    }

    @Test
    void a_rejection_says_why() {
        var letter = Letter.about(new OrderRejected(ORDER, OrderRejected.Reason.OUT_OF_STOCK));

        assertThat(letter.kind()).isEqualTo(NotificationKind.ORDER_REJECTED);
        assertThat(letter.text()).contains(ORDER.toString()).contains("out of stock");
    }

    @Test
    void a_cancellation_says_who_wanted_it() {
        var asked = Letter.about(new OrderCancelled(ORDER, OrderCancelled.Reason.CUSTOMER_REQUEST));
        var unanswered =
                Letter.about(new OrderCancelled(ORDER, OrderCancelled.Reason.STOCK_UNANSWERED));

        assertThat(asked.kind()).isEqualTo(NotificationKind.ORDER_CANCELLED);
        assertThat(asked.text()).contains("You asked for it");
        assertThat(unanswered.text()).contains("did not answer in time");
    }

    @Test
    void a_reason_that_is_not_known_yet_is_passed_over() {
        var rejected = Letter.about(new OrderRejected(ORDER, OrderRejected.Reason.UNKNOWN));
        var cancelled = Letter.about(new OrderCancelled(ORDER, OrderCancelled.Reason.UNKNOWN));

        assertThat(rejected.text()).contains("could not be accepted. Nothing is reserved.");
        assertThat(cancelled.text()).contains("is cancelled. Nothing is reserved any more.");
    }

    @Test
    void low_stock_is_told_with_its_numbers() {
        var letter = Letter.about(new StockLow(new Sku("TEAPOT-1"), 12, 20));

        assertThat(letter.kind()).isEqualTo(NotificationKind.STOCK_LOW);
        assertThat(letter.orderId()).isNull();
        assertThat(letter.sku()).isEqualTo(new Sku("TEAPOT-1"));
        assertThat(letter.text()).contains("TEAPOT-1").contains("12").contains("20");
    }
}
