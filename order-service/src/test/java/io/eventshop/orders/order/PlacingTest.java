package io.eventshop.orders.order;

import static io.eventshop.orders.Shop.customer;
import static io.eventshop.orders.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// `POST /api/v1/orders`: what it answers, what it refuses, and that it may be sent twice.
@OrderServiceTest
class PlacingTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;

    @Test
    void a_placed_order_is_pending_and_says_until_when_an_answer_is_expected() {
        var customer = customer();

        var answer = shop.places(order(customer, "KEYBOARD-1", "MOUSE-1*2"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/orders/" + answer.id());
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.text("/customerId")).isEqualTo(customer);
        assertThat(answer.text("/status")).isEqualTo("PENDING");
        assertThat(answer.json().has("reason")).isFalse();
        assertThat(answer.text("/version")).isEqualTo("1");
        assertThat(answer.json().at("/lines").toString())
                .isEqualTo(
                        "[{\"sku\":\"KEYBOARD-1\",\"quantity\":1,"
                                + "\"unitPrice\":{\"amountMinor\":4999,\"currency\":\"EUR\"}},"
                                + "{\"sku\":\"MOUSE-1\",\"quantity\":2,"
                                + "\"unitPrice\":{\"amountMinor\":1999,\"currency\":\"EUR\"}}]");
        assertThat(answer.json().at("/total").toString())
                .isEqualTo("{\"amountMinor\":8997,\"currency\":\"EUR\"}");
        assertThat(Instant.parse(answer.text("/expectedBy")))
                .isEqualTo(Instant.parse(answer.text("/placedAt")).plusSeconds(5));
        assertThat(shop.sees(answer.id()).json()).isEqualTo(answer.json());
        inventory.soonHears(answer.id(), "OrderPlaced");
    }

    @Test
    void lines_of_one_item_become_one() {
        var answer = shop.places(order(customer(), "MOUSE-1", "KEYBOARD-1", "MOUSE-1*2"));

        assertThat(answer.json().at("/lines")).hasSize(2);
        assertThat(answer.text("/lines/0/sku")).isEqualTo("MOUSE-1");
        assertThat(answer.text("/lines/0/quantity")).isEqualTo("3");
    }

    @Test
    void an_unknown_item_is_refused_by_the_line_that_the_customer_wrote() {
        var answer =
                shop.places(order(customer(), "KEYBOARD-1", "KEYBOARD-1", "ABACUS-1", "ABACUS-1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.slug()).isEqualTo("unknown-sku");
        assertThat(answer.json().at("/errors")).hasSize(2);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/lines/2/sku");
        assertThat(answer.text("/errors/1/pointer")).isEqualTo("/lines/3/sku");
    }

    @Test
    void all_prices_of_an_order_are_in_one_currency() {
        var answer = shop.places(order(customer(), "KEYBOARD-1", "DOLLAR-1"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.slug()).isEqualTo("mixed-currencies");
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/lines/1/sku");
    }

    @Test
    void a_total_that_cannot_be_charged_is_refused() {
        var answer = shop.places(order(customer(), "DEAREST-1*10000"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.slug()).isEqualTo("total-too-large");
    }

    @Test
    void the_same_key_is_the_same_order() {
        var body = order(customer(), "KEYBOARD-1");
        var key = UUID.randomUUID().toString();

        var first = shop.places(body, "Idempotency-Key", key);
        var second = shop.places(body.replace(",", " , "), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.json()).isEqualTo(first.json());
        inventory.soonHears(first.id(), "OrderPlaced");
    }

    @Test
    void the_same_key_shows_the_order_as_it_is_now() {
        var body = order(customer(), "KEYBOARD-1");
        var key = UUID.randomUUID().toString();
        var first = shop.places(body, "Idempotency-Key", key);
        assertThat(shop.cancels(first.id()).status()).isEqualTo(200);

        var second = shop.places(body, "Idempotency-Key", key, "Prefer", "wait=5");

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("/status")).isEqualTo("CANCELLED");
    }

    @Test
    void the_same_key_with_another_wish_is_refused() {
        var key = UUID.randomUUID().toString();
        var customer = customer();
        assertThat(shop.places(order(customer, "KEYBOARD-1"), "Idempotency-Key", key).status())
                .isEqualTo(202);

        var other = shop.places(order(customer, "MOUSE-1"), "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.slug()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void a_refusal_does_not_use_the_key_up() {
        var customer = customer();
        var key = UUID.randomUUID().toString();
        assertThat(shop.places(order(customer, "ABACUS-1"), "Idempotency-Key", key).status())
                .isEqualTo(422);

        assertThat(shop.places(order(customer, "MOUSE-1"), "Idempotency-Key", key).status())
                .isEqualTo(202);
    }

    @Test
    void eight_requests_at_once_with_one_key_are_one_order() {
        var customer = customer();
        var key = UUID.randomUUID().toString();

        var answers =
                IntStream.range(0, 8)
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(() ->
                                        shop.places(
                                                order(customer, "MOUSE-1"),
                                                "Idempotency-Key",
                                                key)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers).extracting(answer -> answer.status()).containsOnly(202, 409);
        assertThat(shop.get("/api/v1/orders?customerId=" + customer).json().at("/items"))
                .hasSize(1);
    }

    static Stream<Arguments> what_a_body_may_not_be() {
        var good = order("c", "MOUSE-1");
        return Stream.of(
                Arguments.of("nothing", "", 400),
                Arguments.of("broken", "{", 400),
                Arguments.of("no object", "[]", 400),
                Arguments.of("null", "null", 400),
                Arguments.of("an unknown field", good.replace("customerId", "customer"), 400),
                Arguments.of("a price", good.replace("\"sku\"", "\"unitPrice\":1,\"sku\""), 400),
                Arguments.of("text for a number", good.replace(":1}", ":\"1\"}"), 400),
                Arguments.of("a fraction", good.replace(":1}", ":1.5}"), 400),
                Arguments.of("a huge number", good.replace(":1}", ":99999999999999999999}"), 400),
                Arguments.of("a number for text", good.replace("\"c\"", "7"), 400),
                Arguments.of(
                        "a field twice", good.replace("{\"c", "{\"email\":\"a@b.c\",\"c"), 400),
                Arguments.of("no customer", good.replace("\"c\"", "null"), 422),
                Arguments.of("a blank customer", good.replace("\"c\"", "\" \""), 422),
                Arguments.of(
                        "a long customer",
                        good.replace("\"c\"", "\"" + "c".repeat(65) + "\""),
                        422),
                Arguments.of("a null character", good.replace("\"c\"", "\"c\\u0000\""), 422),
                Arguments.of("a line break", good.replace("\"c\"", "\"c\\n\""), 422),
                Arguments.of("no address", good.replace("c@example.com", "nobody"), 422),
                Arguments.of("a long address", good.replace("c@", "c".repeat(250) + "@"), 422),
                Arguments.of("two addresses", good.replace("c@", "a@b.c\\r\\nBcc: c@"), 422),
                Arguments.of(
                        "no lines",
                        order("c").replace("[{\"sku\":\"\",\"quantity\":1}]", "[]"),
                        422),
                Arguments.of("a null line", good.replaceAll("\\[.*]", "[null]"), 422),
                Arguments.of("51 lines", order("c", lines(51)), 422),
                Arguments.of("quantity 0", order("c", "MOUSE-1*0"), 422),
                Arguments.of("quantity -1", order("c", "MOUSE-1*-1"), 422),
                Arguments.of("quantity 10001", order("c", "MOUSE-1*10001"), 422),
                Arguments.of("10001 in two lines", order("c", "MOUSE-1*10000", "MOUSE-1"), 422),
                Arguments.of(
                        "no quantity", good.replace("\"quantity\":1", "\"quantity\":null"), 422),
                Arguments.of("a lower-case SKU", order("c", "mouse-1"), 422),
                Arguments.of("a long SKU", order("c", "M".repeat(33)), 422),
                Arguments.of("an empty SKU", order("c", ""), 422));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("what_a_body_may_not_be")
    void a_bad_body_is_a_clear_problem(String what, String body, int status) {
        var answer = shop.places(body, "Content-Type", "application/json");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.response().body()).doesNotContain("Exception", "io.eventshop", "jackson");
    }

    /// One judge for both ends: the sender would fail them all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "łukasz@example.test",
                "victimŀbank.test",
                "victimŀbank.testľĠX=ľ@example.test",
                "a@ex_ample.test",
                "\u00a0a@example.test",
                "a@example\uff0etest",
                "a@example\u200b.test",
                "a@straße.example",
                "\\\"a b\\\"@example.test",
                "a@[127.0.0.1]",
                "a@localhost",
                ""
            })
    void an_address_that_mail_cannot_be_sent_to_is_refused_by_its_pointer(String address) {
        var answer = shop.places(order("c", "MOUSE-1").replace("c@example.com", address));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        assertThat(answer.slug()).isEqualTo("invalid-request");
        assertThat(answer.json().at("/errors")).hasSize(1);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/email");
    }

    @Test
    void an_internationalised_domain_travels_as_mail_is_sent_to_it() {
        var body = order(customer(), "MOUSE-1").replace("@example.com", "@münchen.example");

        var answer = shop.places(body);

        assertThat(answer.status()).isEqualTo(202);
        inventory.soonHears(answer.id(), "OrderPlaced");
        assertThat(inventory.told(answer.id()))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrderPlaced.class,
                        placed ->
                                assertThat(placed.email().value())
                                        .endsWith("@xn--mnchen-3ya.example"));
    }

    @Test
    void fifty_lines_are_taken() {
        var lines = new String[50];
        Arrays.fill(lines, "MOUSE-1");

        var answer = shop.places(order(customer(), lines));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/lines/0/quantity")).isEqualTo("50");
    }

    @Test
    void another_content_type_is_refused() {
        var answer = shop.places(order(customer(), "MOUSE-1"), "Content-Type", "application/xml");

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void a_huge_body_is_refused() {
        var answer = shop.places(order("c".repeat(1_000_000), "MOUSE-1"));

        assertThat(answer.status()).isEqualTo(413);
    }

    private static String[] lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> "ITEM-" + i).toArray(String[]::new);
    }
}
