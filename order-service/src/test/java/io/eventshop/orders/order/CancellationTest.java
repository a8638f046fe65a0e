package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.Answer;
import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Fact;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A customer changes their mind, also at the worst moment.
@OrderServiceTest
class CancellationTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired JdbcClient jdbc;

    @Test
    void a_pending_order_can_be_cancelled() {
        var order = shop.hasPlaced();

        var answer = shop.cancels(order);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("CANCELLED");
        assertThat(answer.text("/reason")).isEqualTo("CUSTOMER_REQUEST");
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        inventory.soonHears(order, "OrderPlaced", "OrderCancelled");
    }

    @Test
    void a_confirmed_order_can_be_cancelled() {
        var order = confirmed();

        assertThat(shop.cancels(order, "If-Match", "\"2\"").text("/status")).isEqualTo("CANCELLED");

        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed", "OrderCancelled");
    }

    @Test
    void a_cancelled_order_is_answered_as_it_is_also_to_who_has_seen_an_older_one() {
        var order = shop.hasPlaced();
        var first = shop.cancels(order);

        var again = shop.cancels(order);
        var stale = shop.cancels(order, "If-Match", "\"1\"");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.json()).isEqualTo(first.json());
    }

    @Test
    void a_rejected_order_cannot_be_cancelled_whatever_version_was_seen() {
        var order = shop.hasPlaced();
        inbox.delivers(rejected(order));

        assertThat(shop.cancels(order).status()).isEqualTo(409);
        assertThat(shop.cancels(order).slug()).isEqualTo("order-not-cancellable");
        assertThat(shop.cancels(order, "If-Match", "\"1\"").status()).isEqualTo(409);
    }

    @Test
    void who_has_seen_an_older_version_is_told_so_and_nothing_happens() {
        var order = confirmed();

        var stale = shop.cancels(order, "If-Match", "\"1\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.slug()).isEqualTo("precondition-failed");
        assertThat(shop.sees(order).text("/status")).isEqualTo("CONFIRMED");
    }

    @Test
    void an_unknown_order_is_not_found() {
        assertThat(shop.cancels(UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void a_cancellation_that_meets_the_answer_decides_again() {
        var order = shop.hasPlaced();

        var answer = cancelledWhileBeingConfirmed(order);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("CANCELLED");
        assertThat(answer.text("/version")).isEqualTo("3");
        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed", "OrderCancelled");
    }

    @Test
    void a_cancellation_of_a_seen_version_that_meets_the_answer_is_refused() {
        var order = shop.hasPlaced();

        var answer = cancelledWhileBeingConfirmed(order, "If-Match", "\"1\"");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(shop.sees(order).text("/status")).isEqualTo("CONFIRMED");
    }

    @Test
    void a_cancellation_crosses_the_answer_on_its_way() {
        var order = shop.hasPlaced();
        assertThat(shop.cancels(order).status()).isEqualTo(200);

        var answer = Fact.of(reserved(order));
        var compensation = Fact.of(released(order)).withVersion(2);
        inventory.says(answer);
        inventory.says(compensation);

        inbox.soonHasProcessed(answer, compensation);
        assertThat(shop.sees(order).text("/status")).isEqualTo("CANCELLED");
        assertThat(inbox.deadLetters(order)).isZero();
        inventory.soonHears(order, "OrderPlaced", "OrderCancelled");
    }

    private UUID confirmed() {
        var order = shop.hasPlaced();
        inbox.delivers(reserved(order));
        return order;
    }

    /// The request has read the order as PENDING and waits for the row, which the saga has changed
    /// and not yet committed.
    private Answer cancelledWhileBeingConfirmed(UUID order, String... headers) {
        var request = new CompletableFuture<Answer>();
        inbox.delivers(
                () -> {
                    var _ =
                            request.completeAsync(
                                    () -> shop.cancels(order, headers),
                                    task -> {
                                        var _ = Thread.ofPlatform().start(task);
                                    });
                    await().until(this::someoneWaitsForARow);
                },
                reserved(order));
        return request.join();
    }

    private boolean someoneWaitsForARow() {
        return jdbc.sql(
                                """
                                select count(*)
                                from pg_stat_activity
                                where datname = current_database()
                                  and wait_event_type = 'Lock'
                                  and query ilike 'update orders%'
                                """)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
