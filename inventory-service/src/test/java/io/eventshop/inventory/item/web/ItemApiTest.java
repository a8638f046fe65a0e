package io.eventshop.inventory.item.web;

import static io.eventshop.inventory.Inventory.unknownSku;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.inventory.Inventory;
import io.eventshop.inventory.InventoryTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

@InventoryTest
class ItemApiTest {

    @Autowired private Inventory inventory;
    @LocalServerPort private int port;
    private RestTestClient http;

    @BeforeEach
    void connect() {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void a_new_item_is_listed() {
        var sku = unknownSku();

        put(sku, listing("Mechanical keyboard", 4990, "EUR", 10))
                .expectStatus()
                .isCreated()
                .expectHeader()
                .location("/api/v1/items/" + sku)
                .expectHeader()
                .valueEquals("ETag", "\"0\"")
                .expectBody()
                .json(
                        """
                        {"sku": "%s", "name": "Mechanical keyboard",
                         "unitPrice": {"amountMinor": 4990, "currency": "EUR"},
                         "onHand": 0, "reserved": 0, "available": 0, "reorderLevel": 10,
                         "version": 0}
                        """
                                .formatted(sku),
                        JsonCompareMode.STRICT);

        assertThat(inventory.listingsOf(sku))
                .containsExactly(
                        new ItemListed(sku, "Mechanical keyboard", new Money(4990, "EUR")));
    }

    @Test
    void a_new_price_is_told_to_everyone_and_the_same_price_to_nobody() {
        var sku = unknownSku();
        put(sku, listing("Keyboard", 4990, "EUR", 10)).expectStatus().isCreated();

        put(sku, listing("Keyboard", 5990, "EUR", 10)).expectStatus().isOk();
        put(sku, listing("Keyboard", 5990, "EUR", 10)).expectStatus().isOk();
        put(sku, listing("Keyboard", 5990, "EUR", 20)).expectStatus().isOk();

        assertThat(inventory.listingsOf(sku)).hasSize(2);
        assertThat(inventory.item(sku).reorderLevel()).isEqualTo(20);
    }

    @Test
    void the_currency_of_an_item_cannot_change() {
        var sku = inventory.itemWith(0);

        put(sku, listing("Keyboard", 4990, "USD", 10))
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/currency-fixed")
                .jsonPath("$.errors[0].pointer")
                .isEqualTo("/unitPrice/currency");

        assertThat(inventory.item(sku).unitPrice().currency()).isEqualTo("EUR");
    }

    @Test
    void a_change_of_what_somebody_else_has_changed_meanwhile_is_refused() {
        var sku = inventory.itemWith(5);
        var current = "\"" + inventory.item(sku).version() + "\"";

        putIf("\"99\"", sku).expectStatus().isEqualTo(HttpStatus.PRECONDITION_FAILED);
        putIf(current, sku).expectStatus().isOk();
        putIf("*", unknownSku()).expectStatus().isEqualTo(HttpStatus.PRECONDITION_FAILED);
    }

    @Test
    void everybody_who_lists_the_same_new_item_at_once_succeeds()
            throws InterruptedException, ExecutionException {
        var sku = unknownSku();

        try (var clients = Executors.newFixedThreadPool(8)) {
            var answers =
                    IntStream.range(0, 8)
                            .mapToObj(i ->
                                    clients.submit(() ->
                                            put(sku, listing("Name " + i, 100 + i, "EUR", 0))
                                                    .returnResult()
                                                    .getStatus()))
                            .toList();
            var created = 0;
            for (var answer : answers) {
                assertThat(answer.get().is2xxSuccessful()).isTrue();
                created += answer.get().value() == 201 ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        }

        assertThat(inventory.records(Topics.ITEMS, sku.value()))
                .extracting(record -> record.attribute("aggregateversion").orElseThrow())
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void goods_arrive() {
        var sku = inventory.itemWith(10);

        receive(sku, "{\"quantity\": 5}", UUID.randomUUID().toString())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.onHand")
                .isEqualTo(15)
                .jsonPath("$.available")
                .isEqualTo(15);

        assertThat(inventory.stockEventsAbout(sku))
                .containsExactly(new StockReceived(sku, 10, 10), new StockReceived(sku, 5, 15));
    }

    @Test
    void a_receipt_that_is_sent_twice_is_counted_once() {
        var sku = inventory.itemWith(10);
        var key = UUID.randomUUID().toString();

        receive(sku, "{\"quantity\": 5}", key).expectStatus().isOk();
        receive(sku, "{\"quantity\": 5}", key).expectStatus().isOk();
        receive(sku, "{\"quantity\": 6}", key)
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/idempotency-key-reused");

        assertThat(inventory.item(sku).onHand()).isEqualTo(15);
        assertThat(inventory.stockEventsAbout(sku)).hasSize(2);
    }

    @Test
    void receipts_at_the_same_time_are_all_counted()
            throws InterruptedException, ExecutionException {
        var sku = inventory.itemWith(0);

        try (var clients = Executors.newFixedThreadPool(8)) {
            var answers =
                    IntStream.range(0, 40)
                            .mapToObj(_ ->
                                    clients.submit(() ->
                                            receive(sku, "{\"quantity\": 1}", "")
                                                    .expectStatus()
                                                    .isOk()))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get()).isNotNull();
            }
        }

        assertThat(inventory.item(sku).onHand()).isEqualTo(40);
    }

    @Test
    void goods_of_an_unknown_item_are_not_taken_in() {
        var sku = unknownSku();

        receive(sku, "{\"quantity\": 5}", "").expectStatus().isNotFound();
    }

    @Test
    void an_item_is_sent_only_to_who_does_not_have_it() {
        var sku = inventory.itemWith(10);
        var tag = "\"" + inventory.item(sku).version() + "\"";

        http.get().uri("/api/v1/items/" + sku).exchange().expectHeader().valueEquals("ETag", tag);
        http.get()
                .uri("/api/v1/items/" + sku)
                .header("If-None-Match", tag)
                .exchange()
                .expectStatus()
                .isNotModified();
        http.get().uri("/api/v1/items/" + unknownSku()).exchange().expectStatus().isNotFound();
    }

    @Test
    void items_come_in_pages_by_sku() {
        var _ = inventory.itemWith(0);
        var _ = inventory.itemWith(0);
        var _ = inventory.itemWith(0);
        var seen = new ArrayList<String>();
        int pages = 0;
        PageOfItems page;
        String cursor = "";
        do {
            page = page("/api/v1/items?limit=2" + cursor);
            page.items().forEach(item -> seen.add(item.sku()));
            cursor = "&cursor=" + page.next();
            pages++;
        } while (page.next() != null);

        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(3).isSorted();
        assertThat(pages).isEqualTo((seen.size() + 1) / 2);
    }

    private PageOfItems page(String uri) {
        return requireNonNull(
                http.get()
                        .uri(uri)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(PageOfItems.class)
                        .getResponseBody());
    }

    private record PageOfItems(List<OneOfThem> items, @Nullable String next) {}

    private record OneOfThem(String sku) {}

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    422 | {"name": "", "unitPrice": {"amountMinor": 1, "currency": "EUR"}, "reorderLevel": 0}
                    422 | {"name": "a\\u0000b", "unitPrice": {"amountMinor": 1, "currency": "EUR"}, "reorderLevel": 0}
                    422 | {"name": "Name", "unitPrice": {"amountMinor": -1, "currency": "EUR"}, "reorderLevel": 0}
                    422 | {"name": "Name", "unitPrice": {"amountMinor": 1, "currency": "euro"}, "reorderLevel": 0}
                    422 | {"name": "Name", "unitPrice": {"amountMinor": 1, "currency": "EUR"}, "reorderLevel": -1}
                    422 | {"name": "Name", "unitPrice": {"amountMinor": 1, "currency": "EUR"}}
                    422 | {"name": "Name", "reorderLevel": 0}
                    400 | {"name": "Name", "unitPrice": {"amountMinor": 1.5, "currency": "EUR"}, "reorderLevel": 0}
                    400 | {"name": "Name", "unitPrice": {"amountMinor": "1", "currency": "EUR"}, "reorderLevel": 0}
                    400 | {"name": 7, "unitPrice": {"amountMinor": 1, "currency": "EUR"}, "reorderLevel": 0}
                    400 | {"name": "Name", "unitPrice": {"amountMinor": 1, "currency": "EUR"}, "reorderLevel": 0, "onHand": 5}
                    400 | {"name": "Name", "unitPrice": {"amountMinor": 1,
                    400 | []
                    """)
    void a_bad_listing_is_refused_with_a_problem(int status, String body) {
        var sku = unknownSku();

        put(sku, body)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(inventory.listingsOf(sku)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    422 | {"quantity": 0}
                    422 | {"quantity": 1000000001}
                    422 | {}
                    400 | {"quantity": 9999999999999999999999}
                    400 | {"quantity": "5"}
                    400 | {"quantity": 5, "price": 1}
                    400 | x
                    """)
    void a_bad_receipt_is_refused_with_a_problem(int status, String body) {
        var sku = inventory.itemWith(10);

        receive(sku, body, "")
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(inventory.item(sku).onHand()).isEqualTo(10);
    }

    @Test
    void no_more_goods_arrive_than_can_be_counted() {
        var sku = inventory.itemWith(1_000_000_000_000L);

        receive(sku, "{\"quantity\": 1}", "")
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/stock-limit");
    }

    private RestTestClient.ResponseSpec put(Sku sku, String body) {
        return http.put()
                .uri("/api/v1/items/" + sku)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private RestTestClient.ResponseSpec putIf(String ifMatch, Sku sku) {
        return http.put()
                .uri("/api/v1/items/" + sku)
                .header("If-Match", ifMatch)
                .contentType(MediaType.APPLICATION_JSON)
                .body(listing("Another name", 4990, "EUR", 10))
                .exchange();
    }

    private RestTestClient.ResponseSpec receive(Sku sku, String body, String key) {
        var request =
                http.post()
                        .uri("/api/v1/items/" + sku + "/receipts")
                        .contentType(MediaType.APPLICATION_JSON);
        return (key.isEmpty() ? request : request.header("Idempotency-Key", key))
                .body(body)
                .exchange();
    }

    private static String listing(String name, long amount, String currency, long reorderLevel) {
        return """
        {"name": "%s", "unitPrice": {"amountMinor": %d, "currency": "%s"}, "reorderLevel": %d}
        """
                .formatted(name, amount, currency, reorderLevel);
    }
}
