package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static io.eventshop.inventory.Inventory.unknownSku;
import static io.eventshop.inventory.reservation.ReservationStatus.REJECTED;
import static io.eventshop.inventory.reservation.ReservationStatus.RELEASED;
import static io.eventshop.inventory.reservation.ReservationStatus.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockRejected.Shortage;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@InventoryTest
class ReservationsTest {

    @Autowired private Inventory inventory;

    @AfterEach
    void stock_is_exact() {
        inventory.staysExact();
    }

    @Test
    void an_order_gets_all_of_its_lines() {
        var keyboard = inventory.itemWith(10);
        var cable = inventory.itemWith(5);
        var order = newOrder();

        inventory.hears(placed(order, line(keyboard, 2), line(cable, 5)));

        assertThat(inventory.eventsAbout(order))
                .containsExactly(
                        new StockReserved(
                                order,
                                List.of(
                                        new StockReserved.Line(keyboard, 2),
                                        new StockReserved.Line(cable, 5))));
        assertThat(inventory.status(order)).isEqualTo(RESERVED);
        assertThat(inventory.item(keyboard).available()).isEqualTo(8);
        assertThat(inventory.item(cable).available()).isZero();
    }

    @Test
    void an_order_with_one_line_too_many_gets_none() {
        var keyboard = inventory.itemWith(10);
        var cable = inventory.itemWith(4);
        var unknown = unknownSku();
        var order = newOrder();

        inventory.hears(placed(order, line(keyboard, 2), line(cable, 5), line(unknown, 1)));

        assertThat(inventory.eventsAbout(order))
                .containsExactly(
                        new StockRejected(
                                order,
                                List.of(new Shortage(cable, 5, 4), new Shortage(unknown, 1, 0))));
        assertThat(inventory.status(order)).isEqualTo(REJECTED);
        assertThat(inventory.item(keyboard).reserved()).isZero();
        assertThat(inventory.item(cable).reserved()).isZero();
    }

    @Test
    void a_cancelled_order_gives_its_stock_to_the_next_one() {
        var keyboard = inventory.itemWith(1);
        var first = newOrder();
        var second = newOrder();
        inventory.hears(placed(first, line(keyboard, 1)));

        inventory.hears(cancelled(first), placed(second, line(keyboard, 1)));

        assertThat(inventory.eventsAbout(first))
                .last()
                .isEqualTo(new StockReleased(first, List.of(new StockReleased.Line(keyboard, 1))));
        assertThat(inventory.status(first)).isEqualTo(RELEASED);
        assertThat(inventory.status(second)).isEqualTo(RESERVED);
    }

    @Test
    void an_order_that_is_placed_and_cancelled_in_one_batch_leaves_nothing_held() {
        var keyboard = inventory.itemWith(3);
        var order = newOrder();

        inventory.hears(placed(order, line(keyboard, 2)), cancelled(order));

        assertThat(inventory.eventsAbout(order))
                .hasExactlyElementsOfTypes(StockReserved.class, StockReleased.class);
        assertThat(inventory.records(Topics.RESERVATIONS, order.toString()))
                .extracting(record -> record.attribute("aggregateversion").orElseThrow())
                .containsExactly("1", "2");
        assertThat(inventory.item(keyboard).available()).isEqualTo(3);
    }

    @Test
    void later_orders_of_a_batch_see_what_earlier_ones_took() {
        var keyboard = inventory.itemWith(3);
        var first = newOrder();
        var second = newOrder();
        var third = newOrder();

        inventory.hears(
                placed(first, line(keyboard, 2)),
                placed(second, line(keyboard, 2)),
                placed(third, line(keyboard, 1)));

        assertThat(inventory.status(first)).isEqualTo(RESERVED);
        assertThat(inventory.status(second)).isEqualTo(REJECTED);
        assertThat(inventory.status(third)).isEqualTo(RESERVED);
        assertThat(inventory.item(keyboard).available()).isZero();
    }

    @Test
    void an_order_that_was_cancelled_before_it_was_seen_gets_nothing() {
        var keyboard = inventory.itemWith(3);
        var order = newOrder();
        inventory.hears(cancelled(order));

        inventory.hears(placed(order, line(keyboard, 2)));

        assertThat(inventory.eventsAbout(order)).isEmpty();
        assertThat(inventory.status(order)).isEqualTo(RELEASED);
        assertThat(inventory.reservation(order).orElseThrow().lines()).isEmpty();
        assertThat(inventory.item(keyboard).reserved()).isZero();
    }

    @Test
    void the_same_order_in_another_event_gets_no_second_answer() {
        var keyboard = inventory.itemWith(10);
        var order = newOrder();

        inventory.hears(placed(order, line(keyboard, 2)), placed(order, line(keyboard, 2)));
        inventory.hears(placed(order, line(keyboard, 3)));

        assertThat(inventory.eventsAbout(order)).hasSize(1);
        assertThat(inventory.item(keyboard).reserved()).isEqualTo(2);
    }

    @Test
    void a_duplicate_has_no_effect_inside_its_batch_or_after_it() {
        var keyboard = inventory.itemWith(10);
        var order = newOrder();
        var record = inventory.delivery(placed(order, line(keyboard, 2)));

        inventory.receives(List.of(record, record));
        inventory.receives(List.of(record));

        assertThat(inventory.eventsAbout(order)).hasSize(1);
        assertThat(inventory.item(keyboard).reserved()).isEqualTo(2);
    }

    @Test
    void a_full_replay_without_any_memory_of_it_changes_nothing() {
        var keyboard = inventory.itemWith(10, 9);
        var kept = newOrder();
        var rejected = newOrder();
        var released = newOrder();
        var unseen = newOrder();
        var history =
                List.of(
                        inventory.delivery(placed(kept, line(keyboard, 2))),
                        inventory.delivery(placed(rejected, line(keyboard, 9))),
                        inventory.delivery(placed(released, line(keyboard, 3))),
                        inventory.delivery(cancelled(released)),
                        inventory.delivery(cancelled(unseen)),
                        inventory.delivery(placed(unseen, line(keyboard, 1))));
        inventory.receives(history);
        var before = inventory.item(keyboard);

        inventory.forgetsWhatItProcessed();
        inventory.receives(history);

        assertThat(inventory.item(keyboard)).isEqualTo(before);
        assertThat(inventory.status(kept)).isEqualTo(RESERVED);
        assertThat(inventory.status(rejected)).isEqualTo(REJECTED);
        assertThat(inventory.status(released)).isEqualTo(RELEASED);
        assertThat(inventory.status(unseen)).isEqualTo(RELEASED);
        assertThat(inventory.eventsAbout(kept)).hasSize(1);
        assertThat(inventory.eventsAbout(rejected)).hasSize(1);
        assertThat(inventory.eventsAbout(released)).hasSize(2);
        assertThat(inventory.eventsAbout(unseen)).isEmpty();
        assertThat(inventory.stockEventsAbout(keyboard))
                .hasExactlyElementsOfTypes(StockReceived.class, StockLow.class);
    }

    @Test
    void the_buyer_hears_once_when_an_item_gets_low() {
        var keyboard = inventory.itemWith(20, 10);

        inventory.hears(
                placed(newOrder(), line(keyboard, 9)),
                placed(newOrder(), line(keyboard, 1)),
                placed(newOrder(), line(keyboard, 1)));

        assertThat(inventory.stockEventsAbout(keyboard))
                .containsExactly(
                        new StockReceived(keyboard, 20, 20), new StockLow(keyboard, 10, 10));
    }

    @Test
    void an_order_that_is_rejected_makes_nothing_low() {
        var keyboard = inventory.itemWith(20, 10);
        var soldOut = inventory.itemWith(0);

        inventory.hears(placed(newOrder(), line(keyboard, 15), line(soldOut, 1)));

        assertThat(inventory.stockEventsAbout(keyboard)).hasSize(1);
    }

    @Test
    void an_order_that_names_an_item_twice_is_put_aside_and_the_others_go_on() {
        var keyboard = inventory.itemWith(10);
        var broken = newOrder();
        var sound = newOrder();

        inventory.hears(
                placed(broken, line(keyboard, 6), line(keyboard, 6)),
                placed(sound, line(keyboard, 2)));

        assertThat(inventory.reservation(broken)).isEmpty();
        assertThat(inventory.status(sound)).isEqualTo(RESERVED);
        assertThat(
                        inventory.count(
                                "select count(*) from messaging.dead_letter where"
                                        + " convert_from(record_key, 'UTF8') = '"
                                        + broken
                                        + "'"))
                .isEqualTo(1);
    }
}
