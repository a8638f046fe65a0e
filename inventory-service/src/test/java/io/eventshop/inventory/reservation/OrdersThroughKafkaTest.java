package io.eventshop.inventory.reservation;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static io.eventshop.inventory.reservation.ReservationStatus.RELEASED;
import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.eventshop.contracts.shop.Topics;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@InventoryTest
class OrdersThroughKafkaTest {

    @Autowired private Inventory inventory;

    @Test
    void an_order_is_heard_and_answered() {
        var keyboard = inventory.itemWith(10);
        var order = newOrder();

        var placement = inventory.isTold(placed(order, line(keyboard, 2)));
        var cancellation = inventory.isTold(cancelled(order));

        eventually(() ->
                assertThat(inventory.reservation(order).map(ReservationView::status))
                        .contains(RELEASED));
        assertThat(inventory.records(Topics.RESERVATIONS, order.toString()))
                .extracting(
                        record -> record.type(),
                        record -> record.attribute("causationid").orElseThrow(),
                        record -> record.attribute("correlationid").orElseThrow())
                .containsExactly(
                        tuple(
                                "org.eventshop.reservations.stock-reserved.v1",
                                placement.toString(),
                                "test"),
                        tuple(
                                "org.eventshop.reservations.stock-released.v1",
                                cancellation.toString(),
                                "test"));
        inventory.staysExact();
    }
}
