package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.orders.Shop.customer;
import static io.eventshop.orders.Shop.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.orders.Answer;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Fact;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One order, its history, and lists of orders.
@OrderServiceTest
class LookingTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired JdbcClient jdbc;
    @Autowired EntityManagerFactory entityManagers;

    @Test
    void an_order_is_not_sent_again_to_who_has_it() {
        var order = shop.hasPlaced();

        var first = shop.sees(order);
        var again = shop.sees(order, "If-None-Match", "\"1\"");

        assertThat(first.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.response().body()).isEmpty();
    }

    @Test
    void a_changed_order_is_sent_again() {
        var order = shop.hasPlaced();
        inbox.delivers(reserved(order));

        var again = shop.sees(order, "If-None-Match", "\"1\"");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThat(shop.sees(UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(shop.get("/api/v1/orders/%s/history".formatted(UUID.randomUUID())).status())
                .isEqualTo(404);
    }

    @Test
    void an_id_is_a_uuid() {
        assertThat(shop.get("/api/v1/orders/7").status()).isEqualTo(400);
    }

    @Test
    void the_history_tells_what_happened_and_why() {
        var order = shop.hasPlaced();
        var answer = Fact.of(reserved(order));
        inventory.says(answer);
        shop.soonSees(order, "CONFIRMED");
        assertThat(shop.cancels(order).status()).isEqualTo(200);

        var history = shop.get("/api/v1/orders/%s/history".formatted(order)).json().at("/items");

        assertThat(history).hasSize(3);
        assertThat(history.at("/0/status").asString()).isEqualTo("PENDING");
        assertThat(history.at("/0").has("causationId")).isFalse();
        assertThat(history.at("/1/status").asString()).isEqualTo("CONFIRMED");
        assertThat(history.at("/1/version").asInt()).isEqualTo(2);
        assertThat(history.at("/1/causationId").asString()).isEqualTo(answer.id().toString());
        assertThat(history.at("/2/status").asString()).isEqualTo("CANCELLED");
        assertThat(history.at("/2/reason").asString()).isEqualTo("CUSTOMER_REQUEST");
        assertThat(history.at("/2/eventId").asString()).isNotEmpty();
    }

    @Test
    void a_list_shows_the_newest_first_page_by_page() {
        var customer = customer();
        var placed = placeInOrder(customer, 5);

        assertThat(pages("customerId=" + customer + "&limit=2")).isEqualTo(placed.reversed());
    }

    /// Orders of one moment are told apart by their ids; a cursor of the time alone would lose some
    /// of them, or show them twice.
    @Test
    void orders_of_the_same_moment_are_each_shown_once() {
        var customer = customer();
        var placed = placeInOrder(customer, 7);
        jdbc.sql("update orders set placed_at = '2026-01-01T00:00:00Z' where customer_id = :c")
                .param("c", customer)
                .update();

        var seen = pages("customerId=" + customer + "&limit=3");

        assertThat(seen).containsExactlyInAnyOrderElementsOf(placed).doesNotHaveDuplicates();
    }

    @Test
    void a_list_can_be_of_one_status() {
        var customer = customer();
        var placed = placeInOrder(customer, 3);
        assertThat(shop.cancels(placed.get(1)).status()).isEqualTo(200);

        assertThat(pages("status=CANCELLED&limit=1&customerId=" + customer))
                .containsExactly(placed.get(1));
        assertThat(pages("status=PENDING&limit=1&customerId=" + customer))
                .containsExactly(placed.get(2), placed.get(0));
        assertThat(shop.get("/api/v1/orders?status=CANCELLED&limit=100").json().at("/items"))
                .isNotEmpty();
    }

    @Test
    void the_last_page_has_no_next() {
        var customer = customer();
        var _ = placeInOrder(customer, 2);

        var page = shop.get("/api/v1/orders?limit=2&customerId=" + customer).json();

        assertThat(page.at("/items")).hasSize(2);
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void a_cursor_belongs_to_its_list() {
        var customer = customer();
        var _ = placeInOrder(customer, 2);
        var next = shop.get("/api/v1/orders?limit=1&customerId=" + customer).text("/next");

        var other = shop.get("/api/v1/orders?cursor=" + next + "&customerId=" + customer());

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.slug()).isEqualTo("invalid-cursor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=x",
                "status=OPEN",
                "status=pending",
                "cursor=x",
                "customerId=%00",
                "customerId=%20"
            })
    void a_bad_parameter_is_a_clear_problem(String query) {
        var answer = shop.get("/api/v1/orders?" + query);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void a_list_needs_as_many_statements_for_a_hundred_orders_as_for_one() {
        var customer = customer();
        var _ = placeInOrder(customer, 12);

        var one = statements(() -> list(1, customer));
        var twelve = statements(() -> list(12, customer));

        assertThat(one).isEqualTo(1);
        assertThat(twelve).isEqualTo(1);
    }

    @Test
    void a_batch_of_answers_loads_its_orders_at_once() {
        var orders = placeInOrder(customer(), 10);

        var answers = orders.stream().map(Inventory::reserved).toArray(StockReserved[]::new);

        var statements =
                statements(() -> {
                    inbox.delivers(answers);
                    return answers;
                });

        assertThat(statements).as("one select, one batch of updates").isEqualTo(2);
    }

    @Test
    void an_order_is_written_and_cancelled_in_as_few_statements_as_it_has_tables() {
        var customer = customer();
        var order = placeInOrder(customer, 1).getFirst();

        var placing = statements(() -> placeInOrder(customer, 1));
        var cancelling = statements(() -> shop.cancels(order));

        assertThat(placing).as("the order, its lines").isEqualTo(2);
        assertThat(cancelling).as("one select, one update").isEqualTo(2);
    }

    private List<UUID> placeInOrder(String customer, int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> shop.places(order(customer, "KEYBOARD-1", "MOUSE-1")).id())
                .toList();
    }

    private List<UUID> pages(String query) {
        var seen = new ArrayList<UUID>();
        var path = "/api/v1/orders?" + query;
        var page = shop.get(path).json();
        for (; ; ) {
            page.at("/items").forEach(item -> seen.add(UUID.fromString(item.at("/id").asString())));
            if (!page.has("next")) {
                return seen;
            }
            page = shop.get(path + "&cursor=" + page.at("/next").asString()).json();
        }
    }

    private Answer list(int expected, String customer) {
        var page = shop.get("/api/v1/orders?limit=" + expected + "&customerId=" + customer);
        assertThat(page.json().at("/items")).hasSize(expected);
        return page;
    }

    /// What Hibernate sends; the tests of a module run one after the other.
    private long statements(Callable<?> work) {
        var statistics = statistics();
        var before = statistics.getPrepareStatementCount();
        try {
            assertThat(work.call()).isNotNull();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return statistics.getPrepareStatementCount() - before;
    }

    private Statistics statistics() {
        return entityManagers.unwrap(SessionFactory.class).getStatistics();
    }
}
