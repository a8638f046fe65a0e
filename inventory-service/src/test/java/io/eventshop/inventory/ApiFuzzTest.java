package io.eventshop.inventory;

import static io.eventshop.inventory.Inventory.cancelled;
import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;

import io.eventshop.testkit.Proof;
import io.eventshop.testkit.openapi.ApiFuzz;
import io.eventshop.testkit.openapi.ServedApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@Proof(quarters = 2)
@InventoryTest
class ApiFuzzTest {

    private static final int REQUESTS = 5_000;

    @Autowired private Inventory inventory;
    @LocalServerPort private int port;

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        var item = inventory.itemWith(10);
        var reserved = newOrder();
        var rejected = newOrder();
        var released = newOrder();
        inventory.hears(placed(reserved, line(item, 2)), placed(rejected, line(item, 11)));
        inventory.hears(placed(released, line(item, 1)));
        inventory.hears(cancelled(released));
        var known =
                Map.of(
                        "sku", List.of(item.value(), inventory.itemWith(0).value(), "FUZZ-1"),
                        "orderId",
                                List.of(
                                        reserved.toString(),
                                        rejected.toString(),
                                        released.toString()),
                        "currency", List.of("EUR"),
                        "If-Match", List.of("*", "\"1\"", "\"2\", \"3\""),
                        "If-None-Match", List.of("*", "\"1\"", "W/\"2\""),
                        "Idempotency-Key", List.of("one", "two", "three"));

        new ApiFuzz(new ServedApi(port), known).run(REQUESTS);

        inventory.staysExact();
    }
}
