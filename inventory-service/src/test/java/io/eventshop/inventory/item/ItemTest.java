package io.eventshop.inventory.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService.ListItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {

    private static final Sku KEYBOARD = new Sku("KEYBOARD-1");
    private static final Money PRICE = new Money(4990, "EUR");

    @Test
    void a_new_item_is_listed_and_out_of_stock() {
        var listing = Item.list(keyboard("Mechanical keyboard", PRICE, 10));

        assertThat(listing.event())
                .isEqualTo(
                        new NumberedEvent(
                                new ItemListed(KEYBOARD, "Mechanical keyboard", PRICE), 1));
        assertThat(listing.item().view())
                .isEqualTo(new ItemView(KEYBOARD, "Mechanical keyboard", PRICE, 0, 0, 0, 10, 0));
    }

    @Test
    void a_new_price_is_news() {
        var item = keyboards(0, 10);

        var news = item.relist(keyboard("Mechanical keyboard", new Money(5990, "EUR"), 10));

        assertThat(news)
                .isEqualTo(
                        happened(
                                2,
                                new ItemListed(
                                        KEYBOARD, "Mechanical keyboard", new Money(5990, "EUR"))));
        assertThat(item.view().unitPrice()).isEqualTo(new Money(5990, "EUR"));
    }

    @Test
    void listing_an_item_as_it_is_listed_already_is_no_news() {
        var item = keyboards(0, 10);

        assertThat(item.relist(keyboard("Mechanical keyboard", PRICE, 10)))
                .isEqualTo(new Decision.Unchanged());
    }

    @Test
    void a_new_reorder_level_is_nobody_elses_news() {
        var item = keyboards(0, 10);

        assertThat(item.relist(keyboard("Mechanical keyboard", PRICE, 20)))
                .isEqualTo(new Decision.Unchanged());

        assertThat(item.view().reorderLevel()).isEqualTo(20);
    }

    @Test
    void an_item_keeps_its_currency() {
        var item = keyboards(0, 10);

        assertThatThrownBy(() -> item.relist(keyboard("Keyboard", new Money(4990, "USD"), 20)))
                .isInstanceOf(CurrencyFixed.class)
                .hasMessage("item KEYBOARD-1 is priced in EUR, and the currency cannot change");

        assertThat(item.view().name()).isEqualTo("Mechanical keyboard");
    }

    @Test
    void goods_that_arrive_are_on_hand_and_available() {
        var item = keyboards(100, 10);

        assertThat(item.receive(50)).isEqualTo(happened(3, new StockReceived(KEYBOARD, 50, 150)));

        assertThat(item.view().onHand()).isEqualTo(150);
        assertThat(item.available()).isEqualTo(150);
    }

    @Test
    void no_more_can_be_on_hand_than_can_be_counted() {
        var item = keyboards(Item.ON_HAND_MAX - 1, 10);

        assertThatThrownBy(() -> item.receive(2)).isInstanceOf(StockLimitReached.class);
        assertThatThrownBy(() -> item.receive(Long.MAX_VALUE))
                .isInstanceOf(StockLimitReached.class);

        assertThat(item.receive(1)).isInstanceOf(Decision.Happened.class);
        assertThat(item.view().onHand()).isEqualTo(Item.ON_HAND_MAX);
    }

    @Test
    void what_is_reserved_is_on_hand_but_not_available() {
        var item = keyboards(100, 10);

        assertThat(item.reserve(30)).isEqualTo(new Decision.Unchanged());

        assertThat(item.view().onHand()).isEqualTo(100);
        assertThat(item.view().reserved()).isEqualTo(30);
        assertThat(item.available()).isEqualTo(70);
    }

    @ParameterizedTest(name = "{0} available, level {1}, {2} taken: low is {3}")
    @CsvSource({
        "100, 10, 89, false",
        "100, 10, 90, true",
        "100, 10, 100, true",
        "11, 10, 1, true",
        "10, 10, 1, false",
        "9, 10, 9, false",
        "1, 0, 1, true",
        "2, 0, 1, false",
    })
    void stock_is_low_when_a_reservation_crosses_the_reorder_level_downwards(
            long available, long reorderLevel, int taken, boolean low) {
        var item = keyboards(available, reorderLevel);

        var event = item.reserve(taken);

        if (low) {
            assertThat(event)
                    .isEqualTo(
                            happened(3, new StockLow(KEYBOARD, available - taken, reorderLevel)));
        } else {
            assertThat(event).isEqualTo(new Decision.Unchanged());
        }
    }

    @Test
    void stock_that_came_back_can_be_low_again() {
        var item = keyboards(20, 10);

        assertThat(item.reserve(15)).isInstanceOf(Decision.Happened.class);
        assertThat(item.reserve(1)).isEqualTo(new Decision.Unchanged());
        item.release(15);

        assertThat(item.reserve(15)).isInstanceOf(Decision.Happened.class);
    }

    @Test
    void an_item_never_holds_more_than_there_is() {
        var item = keyboards(5, 1);

        assertThatThrownBy(() -> item.reserve(6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("item KEYBOARD-1 has 5 available and cannot hold 6");

        assertThat(item.available()).isEqualTo(5);
    }

    @Test
    void an_item_never_gives_back_more_than_it_holds() {
        var item = keyboards(5, 1);
        assertThat(item.reserve(2)).isEqualTo(new Decision.Unchanged());

        assertThatThrownBy(() -> item.release(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("item KEYBOARD-1 has 2 reserved and cannot release 3");
    }

    @Test
    void no_quantity_is_below_one() {
        var item = keyboards(5, 1);

        assertThatThrownBy(() -> item.receive(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> item.reserve(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> item.release(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Decision happened(long number, Event event) {
        return new Decision.Happened(new NumberedEvent(event, number));
    }

    private static Item keyboards(long onHand, long reorderLevel) {
        var item = Item.list(keyboard("Mechanical keyboard", PRICE, reorderLevel)).item();
        if (onHand > 0) {
            var _ = item.receive(onHand);
        }
        return item;
    }

    private static ListItem keyboard(String name, Money price, long reorderLevel) {
        return new ListItem(KEYBOARD, name, price, reorderLevel);
    }
}
