package io.eventshop.orders.order;

import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.openapi.ApiFuzz;
import io.eventshop.testkit.openapi.ServedApi;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@Proof(quarters = 1)
@OrderServiceTest
class ApiFuzzTest {

    private static final int REQUESTS = 5_000;

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @LocalServerPort int port;

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        var known =
                Map.of(
                        "id", List.of(pending(), confirmed(), rejected(), cancelled()),
                        "sku", List.of("KEYBOARD-1", "MOUSE-1"),
                        "customerId", List.of("customer-1", "customer-2"),
                        "Prefer", List.of("wait=0", "respond-async"),
                        "If-Match", List.of("*", "\"1\"", "\"2\", \"3\""),
                        "If-None-Match", List.of("*", "\"1\"", "W/\"2\""));

        new ApiFuzz(new ServedApi(port), known, "all lines of one SKU together").run(REQUESTS);
    }

    private String pending() {
        return shop.hasPlaced().toString();
    }

    private String confirmed() {
        UUID order = shop.hasPlaced();
        inventory.says(Inventory.reserved(order));
        shop.soonSees(order, "CONFIRMED");
        return order.toString();
    }

    private String rejected() {
        UUID order = shop.hasPlaced();
        inventory.says(Inventory.rejected(order));
        shop.soonSees(order, "REJECTED");
        return order.toString();
    }

    private String cancelled() {
        UUID order = shop.hasPlaced();
        var _ = shop.cancels(order);
        return order.toString();
    }
}
