package io.eventshop.orders.order;

import static io.eventshop.orders.order.TestOrders.KEYBOARD;
import static io.eventshop.orders.order.TestOrders.MOUSE;
import static io.eventshop.orders.order.TestOrders.NOW;
import static io.eventshop.orders.order.TestOrders.line;
import static io.eventshop.orders.order.TestOrders.order;
import static io.eventshop.orders.order.TestOrders.placed;
import static io.eventshop.orders.order.TestOrders.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an order decides. Every state with every input is in [WorkflowTest].
class OrderTest {

    @Test
    void a_placed_order_is_pending_and_keeps_the_prices_of_now() {
        var placement = placed(wish(line(KEYBOARD, 1), line(MOUSE, 2)));

        var view = placement.order().view();
        assertThat(view.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(view.reason()).isNull();
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.total()).isEqualTo(new Money(8_997, "EUR"));
        assertThat(view.placedAt()).isEqualTo(NOW);
        assertThat(view.expectedBy()).isEqualTo(NOW.plusSeconds(5));
        assertThat(placement.event().number()).isEqualTo(1);
        assertThat(placement.event().event())
                .isEqualTo(
                        new OrderPlaced(
                                view.id(),
                                "customer-1",
                                new EmailAddress("ada@example.com"),
                                List.of(
                                        new OrderPlaced.Line(KEYBOARD, 1, new Money(4_999, "EUR")),
                                        new OrderPlaced.Line(MOUSE, 2, new Money(1_999, "EUR"))),
                                new Money(8_997, "EUR")));
    }

    @Test
    void neither_the_wish_nor_the_event_shows_the_address_to_a_log() {
        var wish = wish(line(KEYBOARD, 1));

        assertThat(wish.toString()).contains("customer-1").doesNotContain("@");
        assertThat(placed(wish).event().toString())
                .contains("OrderPlaced", "customer-1", KEYBOARD.toString())
                .doesNotContain("@");
    }

    @Test
    void each_event_counts_one_version() {
        var order = order();

        assertThat(order.confirm())
                .isEqualTo(
                        new Decision.Happened(
                                new NumberedEvent(new OrderConfirmed(order.id()), 2)));
        assertThat(order.eventVersion()).isEqualTo(2);

        assertThat(order.cancel())
                .isEqualTo(
                        new Decision.Happened(
                                new NumberedEvent(
                                        new OrderCancelled(
                                                order.id(), OrderCancelled.Reason.CUSTOMER_REQUEST),
                                        3)));
        assertThat(order.eventVersion()).isEqualTo(3);
    }

    @Test
    void an_input_that_changes_nothing_counts_nothing() {
        var order = order();
        assertThat(order.confirm()).isInstanceOf(Decision.Happened.class);

        assertThat(order.confirm()).isEqualTo(new Decision.Unchanged());

        assertThat(order.eventVersion()).isEqualTo(2);
    }

    @Test
    void an_impossible_move_is_a_sentence() {
        var order = order();
        assertThat(order.reject()).isInstanceOf(Decision.Happened.class);

        assertThatThrownBy(order::confirm)
                .isInstanceOf(ImpossibleMove.class)
                .hasMessage("order " + order.id() + " is REJECTED and cannot be confirmed");
    }
}
