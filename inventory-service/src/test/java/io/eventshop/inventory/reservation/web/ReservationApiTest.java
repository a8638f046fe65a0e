package io.eventshop.inventory.reservation.web;

import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;

import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

@InventoryTest
class ReservationApiTest {

    @Autowired private Inventory inventory;
    @LocalServerPort private int port;
    private RestTestClient http;

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void a_reservation_shows_what_is_held_for_an_order() {
        var keyboard = inventory.itemWith(5);
        var cable = inventory.itemWith(5);
        var order = newOrder();
        inventory.hears(placed(order, line(keyboard, 2), line(cable, 1)));

        http.get()
                .uri("/api/v1/reservations/" + order)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"0\"")
                .expectBody()
                .json(
                        """
                        {"orderId": "%s", "status": "RESERVED",
                         "lines": [{"sku": "%s", "quantity": 2}, {"sku": "%s", "quantity": 1}],
                         "version": 0}
                        """
                                .formatted(order, keyboard, cable),
                        JsonCompareMode.STRICT);
    }

    @Test
    void a_reservation_is_sent_only_to_who_does_not_have_it() {
        var order = newOrder();
        inventory.hears(placed(order, line(inventory.itemWith(5), 2)));

        http.get()
                .uri("/api/v1/reservations/" + order)
                .header("If-None-Match", "\"0\"")
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void an_order_that_inventory_has_not_seen_has_no_reservation() {
        http.get()
                .uri("/api/v1/reservations/" + newOrder())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void what_is_no_order_id_is_refused() {
        http.get()
                .uri("/api/v1/reservations/order-1")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
