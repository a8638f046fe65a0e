package io.eventshop.proof.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.UUID;

/// Goods that arrive, told by a warehouse that repeats what got no answer.
final class Receipt implements Work {

    private static final String SKU = "MONITOR-1";
    private static final int QUANTITY = 7;

    private final Scene scene;
    private final String key = UUID.randomUUID().toString();
    private long before;

    Receipt(Scene scene) {
        this.scene = scene;
    }

    @Override
    public void prepare() throws SQLException {
        before = onHand();
    }

    @Override
    public void provoke() {
        scene.client().receive(key, SKU, QUANTITY);
    }

    @Override
    public void assertDone() throws SQLException {
        assertThat(onHand()).as("on hand").isEqualTo(before + QUANTITY);
    }

    @Override
    public void assertExact() throws SQLException {
        provoke();
        assertDone();
    }

    private long onHand() throws SQLException {
        return scene.ledger()
                .number(
                        Services.INVENTORY,
                        "select on_hand from item where sku = '%s'".formatted(SKU));
    }
}
