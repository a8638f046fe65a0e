package io.eventshop.notifications.notification.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.stock.StockLow;
import io.eventshop.contracts.values.Sku;
import io.eventshop.notifications.News;
import io.eventshop.notifications.NotificationServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@NotificationServiceTest
class NotificationControllerTest {

    @Autowired private RestTestClient rest;
    @Autowired private News news;

    @Test
    void an_order_without_notifications_has_an_empty_page() {
        JsonNode page = get("/api/v1/notifications?orderId=" + UUID.randomUUID());

        assertThat(page.get("items")).isEmpty();
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void recipients_are_masked() {
        stockLow("MASKED-1");

        JsonNode newest = get("/api/v1/notifications?limit=1").get("items").get(0);

        assertThat(newest.get("recipient").asString()).isEqualTo("b***@example.test");
        assertThat(newest.get("kind").asString()).isEqualTo("STOCK_LOW");
        assertThat(newest.get("sku").asString()).isEqualTo("MASKED-1");
        assertThat(newest.hasNonNull("orderId")).isFalse();
        assertThat(newest.get("status").asString()).isIn("PENDING", "SENT");
    }

    @Test
    void pages_go_from_new_to_old_and_meet_each_once() {
        List.of("PAGED-1", "PAGED-2", "PAGED-3", "PAGED-4", "PAGED-5").forEach(this::stockLow);

        var skus = new ArrayList<String>();
        JsonNode page = get("/api/v1/notifications?limit=2");
        while (skus.size() < 5) {
            page.get("items").forEach(item -> skus.add(item.path("sku").asString("")));
            if (!page.has("next")) {
                break;
            }
            page = get("/api/v1/notifications?limit=2&cursor=" + page.get("next").asString());
        }

        assertThat(skus.subList(0, 5))
                .containsExactly("PAGED-5", "PAGED-4", "PAGED-3", "PAGED-2", "PAGED-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderId=7",
                "orderId=",
                "orderId=1-1-1-1-1",
                "orderId=%00",
                "limit=0",
                "limit=-1",
                "limit=100000",
                "limit=many",
                "cursor=made-up",
                "cursor=%F0%9F%98%80",
            })
    void what_is_no_parameter_is_a_400_problem(String parameter) {
        rest.get()
                .uri("/api/v1/notifications?" + parameter)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void a_cursor_of_one_list_is_none_of_another() {
        stockLow("CURSOR-1");
        stockLow("CURSOR-2");
        String next = get("/api/v1/notifications?limit=1").get("next").asString();

        rest.get()
                .uri("/api/v1/notifications?orderId=" + UUID.randomUUID() + "&cursor=" + next)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private JsonNode get(String uri) {
        var body =
                rest.get()
                        .uri(uri)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(JsonNode.class)
                        .returnResult()
                        .getResponseBody();
        return Objects.requireNonNull(body);
    }

    private void stockLow(String sku) {
        news.arrive(new StockLow(new Sku(sku), 3, 5));
    }
}
