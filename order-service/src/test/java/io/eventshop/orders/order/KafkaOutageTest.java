package io.eventshop.orders.order;

import static io.eventshop.orders.Inventory.reserved;
import static io.eventshop.orders.Shop.customer;
import static io.eventshop.orders.Shop.order;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.orders.Inventory;
import io.eventshop.orders.OrderServiceTest;
import io.eventshop.orders.Shop;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The broker is gone for a while: customers do not notice, and nothing is cancelled.
@Tag("system")
@OrderServiceTest
@Import(OwnKafka.class)
@TestPropertySource(properties = "eventshop.outbox.backlog-max=20")
@DirtiesContext
class KafkaOutageTest {

    @Autowired KafkaServer kafka;
    @Autowired Shop shop;
    @Autowired Inventory inventory;
    @Autowired StockDeadline deadline;

    @Test
    void orders_are_taken_without_the_broker_and_confirmed_when_it_is_back() {
        var before = shop.hasPlaced();
        inventory.soonHears(before, "OrderPlaced");

        kafka.kill();
        var placed = shop.places(order(customer(), "KEYBOARD-1"));
        var readiness = shop.manages("/actuator/health/readiness");
        deadline.work(() -> false);

        assertThat(placed.status()).isEqualTo(202);
        assertThat(readiness.status()).isEqualTo(200);
        assertThat(shop.sees(before).text("/status")).isEqualTo("PENDING");
        assertThat(shop.sees(placed.id()).text("/status")).isEqualTo("PENDING");

        kafka.start();
        inventory.soonHears(placed.id(), "OrderPlaced");
        inventory.says(reserved(before));
        inventory.says(reserved(placed.id()));

        shop.soonSees(before, "CONFIRMED");
        shop.soonSees(placed.id(), "CONFIRMED");
    }

    @Test
    void orders_are_put_off_while_the_outbox_is_full_and_taken_again_when_it_has_room() {
        var before = shop.hasPlaced();
        inventory.soonHears(before, "OrderPlaced");

        kafka.kill();
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    var refused = shop.places(order(customer(), "KEYBOARD-1"));
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.header("Retry-After")).isEqualTo("1");
                    assertThat(refused.slug()).isEqualTo("overloaded");
                });
        assertThat(shop.sees(before).status()).isEqualTo(200);

        kafka.start();
        await().until(() -> shop.places(order(customer(), "KEYBOARD-1")).status() == 202);
    }
}
