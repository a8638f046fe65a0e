package io.eventshop.orders.order;

import static io.eventshop.orders.order.TestOrders.KEYBOARD;
import static io.eventshop.orders.order.TestOrders.MOUSE;
import static io.eventshop.orders.order.TestOrders.PRICES;
import static io.eventshop.orders.order.TestOrders.line;
import static io.eventshop.orders.order.TestOrders.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.orders.order.RefusedOrder.Why;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteTest {

    private static final Sku ABACUS = new Sku("ABACUS-1");

    @Test
    void all_unknown_items_are_named_at_once() {
        var refused = refusal(wish(line(KEYBOARD, 1), line(ABACUS, 1)), PRICES);

        assertThat(refused.why()).isEqualTo(Why.UNKNOWN_SKU);
        assertThat(refused.skus()).containsExactly(ABACUS);
    }

    @Test
    void the_first_line_sets_the_currency() {
        var prices = Map.of(KEYBOARD, new Money(1, "EUR"), MOUSE, new Money(1, "USD"));

        var refused = refusal(wish(line(KEYBOARD, 1), line(MOUSE, 1)), prices);

        assertThat(refused.why()).isEqualTo(Why.MIXED_CURRENCIES);
        assertThat(refused.skus()).containsExactly(MOUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "1000000000000000, 1, true",
        "1000000000000000, 2, false",
        "1000000000000000, 10000, false",
        "100000000000, 10000, true",
        "100000000001, 10000, false",
        "0, 10000, true"
    })
    void a_total_that_no_amount_can_hold_is_refused(long price, int quantity, boolean fits) {
        var wish = wish(line(KEYBOARD, quantity));
        var prices = Map.of(KEYBOARD, new Money(price, "EUR"));

        if (fits) {
            assertThat(Quote.of(wish, prices).total().amountMinor()).isEqualTo(price * quantity);
        } else {
            assertThat(refusal(wish, prices).why()).isEqualTo(Why.TOTAL_TOO_LARGE);
        }
    }

    private static RefusedOrder refusal(PlaceOrder wish, Map<Sku, Money> prices) {
        return catchThrowableOfType(
                RefusedOrder.class,
                () -> {
                    var _ = Quote.of(wish, prices);
                });
    }
}
