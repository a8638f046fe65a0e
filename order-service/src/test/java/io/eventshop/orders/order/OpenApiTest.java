package io.eventshop.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What the documentation says can be pasted.
@OrderServiceTest
class OpenApiTest {

    @Autowired Shop shop;

    @Test
    void every_example_of_an_order_is_taken() {
        var api = shop.get("/v3/api-docs").json();

        var examples =
                api.at(
                        "/paths/~1api~1v1~1orders/post/requestBody/content/application~1json/examples");

        assertThat(examples).hasSize(2);
        assertThat(examples)
                .allSatisfy(example -> {
                    var value = example.get("value");
                    var body = value.isString() ? value.asString() : value.toString();
                    assertThat(shop.places(body).status()).as(body).isEqualTo(202);
                });
    }

    @Test
    void every_call_is_documented_by_version_3_1() {
        var api = shop.get("/v3/api-docs").json();

        assertThat(api.at("/openapi").asString()).startsWith("3.1");
        assertThat(api.at("/paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/orders",
                        "/api/v1/orders/{id}",
                        "/api/v1/orders/{id}/history",
                        "/api/v1/orders/{id}/cancellation");
        assertThat(api.at("/paths/~1api~1v1~1orders/post/responses").propertyNames())
                .contains("200", "202");
        assertThat(shop.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }
}
