package io.eventshop.notifications;

import static io.eventshop.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.Scenario;
import io.eventshop.testkit.openapi.ApiFuzz;
import io.eventshop.testkit.openapi.ServedApi;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

@Proof(quarters = 3)
@NotificationServiceTest
class ApiFuzzTest {

    private static final int REQUESTS = 2_000;

    @Autowired private Scenario scenario;
    @Autowired private RestTestClient rest;
    @LocalServerPort private int port;

    @Test
    void no_request_gets_an_answer_that_is_not_documented() {
        scenario.given(
                new StockLow(new Sku("API-FUZZ-1"), 3, 5),
                new StockLow(new Sku("API-FUZZ-2"), 3, 5));
        eventually(() ->
                rest.get()
                        .uri("/api/v1/notifications")
                        .exchange()
                        .expectBody(String.class)
                        .value(page -> assertThat(page).contains("API-FUZZ-1", "API-FUZZ-2")));

        new ApiFuzz(new ServedApi(port), Map.of()).run(REQUESTS);
    }
}
