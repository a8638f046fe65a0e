package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Orders from the request to their end, through the real outbox, broker and inbox.
@OrderServiceTest
class JourneyTest {

    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired InboxProbe inbox;
    @Autowired OrderQueries queries;

    @Test
    void an_order_whose_stock_is_reserved_is_confirmed() {
        var order = shop.hasPlaced();
        inventory.soonHears(order, "OrderPlaced");

        inventory.says(reserved(order));

        shop.soonSees(order, "CONFIRMED");
        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed");
    }

    @Test
    void an_order_whose_stock_is_short_is_rejected() {
        var order = shop.hasPlaced();

        inventory.says(rejected(order));

        shop.soonSees(order, "REJECTED");
        assertThat(shop.sees(order).text("/reason")).isEqualTo("OUT_OF_STOCK");
        inventory.soonHears(order, "OrderPlaced", "OrderRejected");
    }

    @Test
    void an_order_that_is_cancelled_has_its_stock_released() {
        var order = shop.hasPlaced();
        inventory.says(reserved(order));
        shop.soonSees(order, "CONFIRMED");

        assertThat(shop.cancels(order).text("/status")).isEqualTo("CANCELLED");
        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed", "OrderCancelled");
        var compensation = inventory.publishes(released(order), 2);

        inbox.soonHasProcessed(compensation);
        assertThat(inbox.deadLetters(order)).isZero();
        assertThat(shop.sees(order).text("/version")).isEqualTo("3");
    }

    @Test
    void an_answer_that_arrives_twice_has_one_effect() {
        var order = shop.hasPlaced();
        var answer = inventory.publishes(reserved(order), 1);
        shop.soonSees(order, "CONFIRMED");

        inventory.publishes(reserved(order), answer);
        var marker = inventory.publishes(reserved(order), 2);

        inbox.soonHasProcessed(marker);
        assertThat(shop.sees(order).text("/version")).isEqualTo("2");
        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed");
    }

    @Test
    void an_answer_for_an_order_that_never_was_becomes_a_dead_letter() {
        var nobody = UUID.randomUUID();

        var answer = inventory.publishes(reserved(nobody), 1);

        inbox.soonHasProcessed(answer);
        assertThat(inbox.deadLetters(nobody)).isEqualTo(1);
    }

    @Test
    void everything_read_again_by_an_inbox_that_has_forgotten_changes_nothing() {
        var confirmed = shop.hasPlaced();
        var rejected = shop.hasPlaced();
        var cancelled = shop.hasPlaced();
        var facts =
                List.of(
                        reserved(confirmed),
                        rejected(rejected),
                        reserved(cancelled),
                        released(cancelled));
        var first = inventory.publishes(reserved(confirmed), 1);
        var second = inventory.publishes(rejected(rejected), 1);
        var third = inventory.publishes(reserved(cancelled), 1);
        shop.soonSees(cancelled, "CONFIRMED");
        assertThat(shop.cancels(cancelled).status()).isEqualTo(200);
        var fourth = inventory.publishes(released(cancelled), 2);
        var metadata = List.of(first, second, third, fourth);
        inbox.soonHasProcessed(first, second, third, fourth);
        var before = histories(confirmed, rejected, cancelled);

        inbox.forgetsEverything();
        for (int i = 0; i < facts.size(); i++) {
            inventory.publishes(facts.get(i), metadata.get(i));
        }

        inbox.soonHasProcessed(first, second, third, fourth);
        assertThat(histories(confirmed, rejected, cancelled)).isEqualTo(before);
        assertThat(List.of(confirmed, rejected, cancelled))
                .allSatisfy(order -> assertThat(inbox.deadLetters(order)).isZero());
    }

    private List<List<HistoryEntry>> histories(UUID... orders) {
        return List.of(orders).stream().map(queries::history).toList();
    }
}
