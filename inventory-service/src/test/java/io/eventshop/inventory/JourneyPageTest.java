package io.eventshop.inventory;

import io.eventshop.testkit.Journey;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyPageTest {

    @Test
    void the_page_lists_every_file_of_an_orders_way_through_here() {
        Journey.assertPartLists(
                "inventory-service",
                List.of("inventory-service"),
                "inventory.reservation.messaging.ReservationMessaging#reservationsSubscription");
    }

    @Test
    void an_event_becomes_its_answer_in_three_files() {
        Journey.assertHop(
                "inventory.reservation.messaging.ReservationMessaging#reservationsSubscription",
                "inventory.reservation.ReservationService#on",
                "inventory.reservation.Reservation#reserve");
    }
}
