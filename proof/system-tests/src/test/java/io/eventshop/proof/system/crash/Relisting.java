package io.eventshop.proof.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;

/// An item gets another price, of which order-service keeps a copy.
final class Relisting implements Work {

    private static final String SKU = "HEADSET-1";

    private final Scene scene;
    private long price;

    Relisting(Scene scene) {
        this.scene = scene;
    }

    @Override
    public void prepare() throws SQLException {
        price = copy() + 100;
    }

    @Override
    public void provoke() {
        scene.client()
                .list(
                        SKU,
                        """
                        {"name": "Headset with microphone", "reorderLevel": 1000,
                         "unitPrice": {"amountMinor": %d, "currency": "EUR"}}
                        """
                                .formatted(price));
    }

    @Override
    public void assertDone() throws SQLException {
        assertThat(copy()).as("the copied price").isEqualTo(price);
    }

    private long copy() throws SQLException {
        return scene.ledger()
                .number(
                        Services.ORDER,
                        "select unit_price_minor from item_copy where sku = '%s'".formatted(SKU));
    }
}
