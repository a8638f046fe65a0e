package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Fact;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// No order waits for ever.
@OrderServiceTest
class StockDeadlineTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired StockDeadline deadline;
    @Autowired Orders orders;
    @Autowired OrderProperties properties;
    @Autowired JdbcClient jdbc;
    @Autowired PlatformTransactionManager transactions;

    @Test
    void an_order_without_an_answer_is_cancelled_and_says_why() {
        var order = shop.hasPlaced();
        hasWaited(order, "15 minutes 1 second");

        deadline.work(() -> false);

        var answer = shop.sees(order);
        assertThat(answer.text("/status")).isEqualTo("CANCELLED");
        assertThat(answer.text("/reason")).isEqualTo("STOCK_UNANSWERED");
        assertThat(answer.text("/version")).isEqualTo("2");
    }

    @Test
    void an_outage_shorter_than_the_deadline_cancels_nothing() {
        var order = shop.hasPlaced();
        hasWaited(order, "14 minutes 50 seconds");

        deadline.work(() -> false);
        assertThat(shop.sees(order).text("/status")).isEqualTo("PENDING");

        inventory.says(reserved(order));
        shop.soonSees(order, "CONFIRMED");
    }

    @Test
    void an_answer_after_the_deadline_is_let_pass() {
        var order = shop.hasPlaced();
        hasWaited(order, "1 hour");
        deadline.work(() -> false);

        var answer = Fact.of(reserved(order));
        var compensation = Fact.of(released(order)).withVersion(2);
        inventory.says(answer);
        inventory.says(compensation);

        inbox.soonHasProcessed(answer, compensation);
        assertThat(inbox.deadLetters(order)).isZero();
        assertThat(shop.sees(order).text("/status")).isEqualTo("CANCELLED");
        assertThat(shop.sees(order).text("/version")).isEqualTo("2");
    }

    @Test
    void an_order_at_which_someone_else_is_at_work_is_left_alone() {
        var busy = shop.hasPlaced();
        var idle = shop.hasPlaced();
        hasWaited(busy, "1 hour");
        hasWaited(idle, "1 hour");

        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> {
                    lock(busy);
                    var other = Thread.ofPlatform().start(() -> deadline.work(() -> false));
                    join(other);
                });

        assertThat(shop.sees(busy).text("/status")).isEqualTo("PENDING");
        assertThat(shop.sees(idle).text("/status")).isEqualTo("CANCELLED");
        deadline.work(() -> false);
        assertThat(shop.sees(busy).text("/status")).isEqualTo("CANCELLED");
    }

    @Test
    void several_instances_at_once_cancel_each_order_once() {
        var waiting = IntStream.range(0, 10).mapToObj(_ -> shop.hasPlaced()).toList();
        waiting.forEach(order -> hasWaited(order, "1 hour"));

        var instances =
                IntStream.range(0, 4)
                        .mapToObj(_ -> Thread.ofPlatform().start(() -> deadline.work(() -> false)))
                        .toList();
        instances.forEach(StockDeadlineTest::join);

        assertThat(waiting)
                .allSatisfy(order -> {
                    assertThat(shop.sees(order).text("/status")).isEqualTo("CANCELLED");
                    assertThat(shop.sees(order).text("/version")).isEqualTo("2");
                });
    }

    @Test
    void one_query_is_bounded_and_the_longest_wait_comes_first() {
        var shorter = shop.hasPlaced();
        var longer = shop.hasPlaced();
        hasWaited(shorter, "1 hour");
        hasWaited(longer, "2 hours");

        var found =
                orders.findUnanswered((double) properties.stockAnswerTimeout().toSeconds(), 0, 1);

        assertThat(found).containsExactly(longer);
        deadline.work(() -> false);
    }

    @Test
    void a_batch_of_orders_that_cannot_be_cancelled_keeps_no_other_waiting() {
        var stuck =
                IntStream.range(0, StockDeadline.BATCH_MAX)
                        .mapToObj(_ -> shop.hasPlaced())
                        .toList();
        var others = List.of(shop.hasPlaced(), shop.hasPlaced(), shop.hasPlaced());
        stuck.forEach(order -> hasWaited(order, "2 hours"));
        others.forEach(order -> hasWaited(order, "1 hour"));
        refuseToCancel(stuck);

        deadline.work(() -> false);

        assertThat(others)
                .allSatisfy(order ->
                        assertThat(shop.sees(order).text("/status")).isEqualTo("CANCELLED"));
        assertThat(stuck)
                .allSatisfy(
                        order -> assertThat(shop.sees(order).text("/status")).isEqualTo("PENDING"));
        jdbc.sql("drop trigger refuse on orders").update();
        deadline.work(() -> false);
    }

    /// After a longer outage of this service the answers wait in Kafka.
    @Test
    void the_first_look_leaves_time_to_read_the_answers_that_wait() {
        var defaults =
                new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("eventshop.orders", OrderProperties.class);

        assertThat(defaults.stockAnswerCheckDelay()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    private void refuseToCancel(List<UUID> refused) {
        jdbc.sql(
                        """
                        create or replace function refuse() returns trigger language plpgsql as
                        $$ begin raise exception 'refused by the test'; end $$
                        """)
                .update();
        jdbc.sql(
                        """
                        create trigger refuse before update on orders for each row
                        when (new.id in ('%s') and new.status = 'CANCELLED')
                        execute function refuse()
                        """
                                .formatted(
                                        refused.stream()
                                                .map(UUID::toString)
                                                .collect(Collectors.joining("', '"))))
                .update();
    }

    private void hasWaited(UUID order, String interval) {
        jdbc.sql(
                        """
                        update orders
                        set awaiting_since = now() - cast(:interval as interval)
                        where id = :id
                        """)
                .param("interval", interval)
                .param("id", order)
                .update();
    }

    private void lock(UUID order) {
        jdbc.sql("select id from orders where id = :id for no key update")
                .param("id", order)
                .query(UUID.class)
                .single();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
