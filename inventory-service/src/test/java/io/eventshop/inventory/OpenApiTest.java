package io.eventshop.inventory;

import static io.eventshop.inventory.Inventory.line;
import static io.eventshop.inventory.Inventory.newOrder;
import static io.eventshop.inventory.Inventory.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.item.ItemService;
import io.eventshop.testkit.openapi.ServedApi;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;

@InventoryTest
class OpenApiTest {

    @Autowired private ItemService items;
    @Autowired private Inventory inventory;
    @LocalServerPort private int port;

    private ServedApi api;

    @BeforeEach
    void read() {
        api = new ServedApi(port);
    }

    @Test
    void the_committed_document_is_the_one_that_is_served() {
        api.assertCommitted();
    }

    @Test
    void every_example_gets_a_documented_answer_on_the_demo_data() {
        new DemoData(items).run(new DefaultApplicationArguments());
        var order = newOrder();
        inventory.hears(placed(order, line(new Sku("KEYBOARD-1"), 1)));
        var examples = api.examples(Map.of("orderId", order.toString()));

        assertThat(examples)
                .hasSize(5)
                .allSatisfy(example -> {
                    var answer = api.send(example);
                    assertThat(answer.statusCode()).as(example.toString()).isEqualTo(200);
                    api.assertDocumented(example, answer);
                });
    }
}
