package io.eventshop.proof.system.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One order, placed or cancelled by a customer who repeats what got no answer.
final class OrderWork implements Work {

    private static final int QUANTITY = 2;

    private final Scene scene;
    private final String sku;
    private final End end;
    private final String key = UUID.randomUUID().toString();
    private final String customer = "crash-" + key.substring(0, 8);
    private volatile @Nullable UUID order;

    private OrderWork(Scene scene, String sku, End end) {
        this.scene = scene;
        this.sku = sku;
        this.end = end;
    }

    static OrderWork placed(Scene scene) {
        return new OrderWork(scene, "KEYBOARD-1", End.CONFIRMED);
    }

    static OrderWork soldOut(Scene scene) {
        return new OrderWork(scene, "SOLD-OUT-1", End.REJECTED);
    }

    static OrderWork cancelled(Scene scene) {
        return new OrderWork(scene, "MOUSE-1", End.CANCELLED);
    }

    @Override
    public void prepare() {
        if (end.equals(End.CANCELLED)) {
            order = place();
            scene.soon("the order is confirmed")
                    .untilAsserted(() -> evidence().assertEnded(End.CONFIRMED));
        }
    }

    @Override
    public void provoke() {
        if (end.equals(End.CANCELLED)) {
            scene.client().cancel(order());
        } else {
            order = place();
        }
    }

    private UUID place() {
        return scene.client().placeOrder(customer, key, sku, QUANTITY);
    }

    @Override
    public void assertDone() throws SQLException {
        assertThat(order).as("the order that the customer was told of").isNotNull();
        evidence().assertEnded(end);
    }

    @Override
    public void assertExact() throws SQLException {
        evidence().assertPublished(end, Published.in(scene));
        assertThat(place()).as("the order of the same key").isEqualTo(order);
        assertThat(
                        scene.ledger()
                                .rows(
                                        Services.ORDER,
                                        "select id from orders where customer_id = '%s'"
                                                .formatted(customer)))
                .as("orders of the customer")
                .containsExactly(order().toString());
    }

    private UUID order() {
        return requireNonNull(order);
    }

    private OrderEvidence evidence() {
        return new OrderEvidence(scene, order());
    }
}
