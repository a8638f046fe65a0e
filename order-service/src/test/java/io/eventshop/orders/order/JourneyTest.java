package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.rejected;
import static io.eventshop.orders.Inventory.released;
import static io.eventshop.orders.Inventory.reserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.orders.InboxProbe;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import io.eventshop.testkit.Fact;
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
        var compensation = Fact.of(released(order)).withVersion(2);
        inventory.says(compensation);

        inbox.soonHasProcessed(compensation);
        assertThat(inbox.deadLetters(order)).isZero();
        assertThat(shop.sees(order).text("/version")).isEqualTo("3");
    }

    @Test
    void an_answer_that_arrives_twice_has_one_effect() {
        var order = shop.hasPlaced();
        var answer = Fact.of(reserved(order));
        var laterOne = Fact.of(reserved(order));

        inventory.says(answer);
        inventory.says(answer);
        inventory.says(laterOne);

        inbox.soonHasProcessed(laterOne);
        assertThat(shop.sees(order).text("/version")).isEqualTo("2");
        inventory.soonHears(order, "OrderPlaced", "OrderConfirmed");
    }

    @Test
    void an_answer_for_an_order_that_never_was_becomes_a_dead_letter() {
        var nobody = UUID.randomUUID();

        var answer = Fact.of(reserved(nobody));
        inventory.says(answer);

        inbox.soonHasProcessed(answer);
        assertThat(inbox.deadLetters(nobody)).isEqualTo(1);
    }

    @Test
    void everything_read_again_by_an_inbox_that_has_forgotten_changes_nothing() {
        var confirmed = shop.hasPlaced();
        var rejected = shop.hasPlaced();
        var cancelled = shop.hasPlaced();
        Fact[] facts = {
            Fact.of(reserved(confirmed)),
            Fact.of(rejected(rejected)),
            Fact.of(reserved(cancelled)),
            Fact.of(released(cancelled)).withVersion(2)
        };
        inventory.says(facts[0]);
        inventory.says(facts[1]);
        inventory.says(facts[2]);
        shop.soonSees(cancelled, "CONFIRMED");
        assertThat(shop.cancels(cancelled).status()).isEqualTo(200);
        inventory.says(facts[3]);
        inbox.soonHasProcessed(facts);
        var before = histories(confirmed, rejected, cancelled);

        inbox.forgetsEverything();
        for (var fact : facts) {
            inventory.says(fact);
        }

        inbox.soonHasProcessed(facts);
        assertThat(histories(confirmed, rejected, cancelled)).isEqualTo(before);
        assertThat(List.of(confirmed, rejected, cancelled))
                .allSatisfy(order -> assertThat(inbox.deadLetters(order)).isZero());
    }

    private List<List<HistoryEntry>> histories(UUID... orders) {
        return List.of(orders).stream().map(queries::history).toList();
    }
}
