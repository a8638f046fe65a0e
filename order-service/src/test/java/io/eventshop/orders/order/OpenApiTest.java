package io.eventshop.orders.order;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.openapi.ApiRequest;
import io.eventshop.testkit.openapi.ServedApi;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OrderServiceTest
class OpenApiTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @LocalServerPort int port;

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
    void every_example_gets_a_documented_answer() {
        var order = shop.hasPlaced();
        var examples = api.examples(Map.of("id", order.toString()));

        assertThat(examples)
                .hasSize(6)
                .allSatisfy(example -> {
                    var answer = whileTheStockAnswers(example);
                    assertThat(answer.statusCode()).as(example.toString()).isBetween(200, 299);
                    api.assertDocumented(example, answer);
                });
    }

    /// The examples ask to wait for the stock.
    private HttpResponse<String> whileTheStockAnswers(ApiRequest example) {
        Set<UUID> answered = new HashSet<>();
        var answer = CompletableFuture.supplyAsync(() -> api.send(example));
        eventually(() -> {
            shop.get("/api/v1/orders?customerId=customer-1&status=PENDING")
                    .json()
                    .get("items")
                    .forEach(order -> {
                        var id = UUID.fromString(order.get("id").asString());
                        if (answered.add(id)) {
                            inventory.says(
                                    order.toString().contains("SOLD-OUT-1")
                                            ? Inventory.rejected(id)
                                            : Inventory.reserved(id));
                        }
                    });
            assertThat(answer).isDone();
        });
        return answer.join();
    }
}
