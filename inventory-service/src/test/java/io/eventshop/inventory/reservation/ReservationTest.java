package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.reservation.ReservationStatus.REJECTED;
import static io.eventshop.inventory.reservation.ReservationStatus.RELEASED;
import static io.eventshop.inventory.reservation.ReservationStatus.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Decision;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.reservations.StockRejected;
import io.eventshop.contracts.reservations.StockReleased;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.values.Sku;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservationTest {

    private static final UUID ORDER = UUID.fromString("0199c5a4-7b2e-7c11-9f0a-3f6f2d9f5a10");
    private static final Sku KEYBOARD = new Sku("KEYBOARD-1");
    private static final Sku CABLE = new Sku("CABLE-1");

    @Test
    void all_lines_that_fit_are_reserved() {
        var answer = reserve(Map.of(KEYBOARD, 2L, CABLE, 100L), line(KEYBOARD, 2), line(CABLE, 1));

        assertThat(answer.event().event())
                .isEqualTo(
                        new StockReserved(
                                ORDER,
                                List.of(
                                        new StockReserved.Line(KEYBOARD, 2),
                                        new StockReserved.Line(CABLE, 1))));
        assertThat(answer.reservation().status()).isEqualTo(RESERVED);
        assertThat(answer.reservation().held()).containsExactly(line(KEYBOARD, 2), line(CABLE, 1));
    }

    @Test
    void one_line_that_falls_short_leaves_nothing_reserved() {
        var answer = reserve(Map.of(KEYBOARD, 1L, CABLE, 100L), line(KEYBOARD, 2), line(CABLE, 1));

        assertThat(answer.event().event())
                .isEqualTo(
                        new StockRejected(
                                ORDER, List.of(new StockRejected.Shortage(KEYBOARD, 2, 1))));
        assertThat(answer.reservation().status()).isEqualTo(REJECTED);
        assertThat(answer.reservation().held()).isEmpty();
    }

    @Test
    void every_shortage_is_named() {
        var answer = reserve(Map.of(KEYBOARD, 1L), line(KEYBOARD, 2), line(CABLE, 1));

        assertThat(answer.event().event())
                .isEqualTo(
                        new StockRejected(
                                ORDER,
                                List.of(
                                        new StockRejected.Shortage(KEYBOARD, 2, 1),
                                        new StockRejected.Shortage(CABLE, 1, 0))));
    }

    @Test
    void an_item_in_two_lines_is_refused_because_each_alone_might_fit() {
        assertThatThrownBy(() -> reserve(Map.of(CABLE, 2L), line(CABLE, 2), line(CABLE, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names an item in two of its lines");
    }

    @Test
    void a_cancelled_order_gives_back_what_was_held() {
        var reservation = reserve(Map.of(CABLE, 5L), line(CABLE, 2)).reservation();

        assertThat(reservation.release())
                .isEqualTo(
                        new Decision.Happened(
                                new NumberedEvent(
                                        new StockReleased(
                                                ORDER, List.of(new StockReleased.Line(CABLE, 2))),
                                        2)));

        assertThat(reservation.status()).isEqualTo(RELEASED);
        assertThat(reservation.held()).isEmpty();
        assertThat(reservation.view().lines()).containsExactly(new ReservationView.Line(CABLE, 2));
    }

    @Test
    void stock_is_given_back_once() {
        var reservation = reserve(Map.of(CABLE, 5L), line(CABLE, 2)).reservation();
        assertThat(reservation.release()).isInstanceOf(Decision.Happened.class);

        assertThat(reservation.release()).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void a_rejected_reservation_has_nothing_to_give_back() {
        var reservation = reserve(Map.of(), line(CABLE, 2)).reservation();

        assertThat(reservation.release()).isEqualTo(new Decision.Unchanged());

        assertThat(reservation.status()).isEqualTo(REJECTED);
    }

    @Test
    void a_tombstone_holds_nothing_and_never_will() {
        var tombstone = Reservation.tombstone(ORDER);

        assertThat(tombstone.status()).isEqualTo(RELEASED);
        assertThat(tombstone.held()).isEmpty();
        assertThat(tombstone.release()).isEqualTo(new Decision.Unchanged());
    }

    private static Reservation.Answer reserve(Map<Sku, Long> available, ReservationLine... lines) {
        return Reservation.reserve(ORDER, List.of(lines), sku -> available.getOrDefault(sku, 0L));
    }

    private static ReservationLine line(Sku sku, int quantity) {
        return new ReservationLine(sku, quantity);
    }
}
