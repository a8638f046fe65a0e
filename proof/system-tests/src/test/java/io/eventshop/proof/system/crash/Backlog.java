package io.eventshop.proof.system.crash;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Orders whose events go out together, half of them with a second event of the same key: the relay
/// has something to reorder, to lose and to repeat.
final class Backlog implements Work {

    /// With their cancellations nine events for four shards: one of them has several.
    private static final int ORDERS = 6;

    private final Scene scene;
    private final List<UUID> kept = new ArrayList<>();
    private final List<UUID> cancelled = new ArrayList<>();
    private @Nullable RelayHold hold;

    Backlog(Scene scene) {
        this.scene = scene;
    }

    @Override
    public void prepare() throws SQLException {
        hold = new RelayHold(scene.shop().database(Services.ORDER));
        for (int i = 0; i < ORDERS; i++) {
            UUID order = scene.client().placeOrder("CABLE-1", 1);
            if (i % 2 == 0) {
                kept.add(order);
            } else {
                scene.client().cancel(order);
                cancelled.add(order);
            }
        }
    }

    @Override
    public void provoke() throws SQLException {
        close();
    }

    @Override
    public void assertDone() throws SQLException {
        for (UUID order : kept) {
            new OrderEvidence(scene, order).assertEnded(End.CONFIRMED);
        }
        for (UUID order : cancelled) {
            new OrderEvidence(scene, order).assertEnded(End.CANCELLED_EARLY);
        }
    }

    @Override
    public void assertExact() {
        var published = Published.in(scene);
        for (UUID order : kept) {
            new OrderEvidence(scene, order).assertPublished(End.CONFIRMED, published);
        }
        for (UUID order : cancelled) {
            new OrderEvidence(scene, order).assertPublished(End.CANCELLED_EARLY, published);
        }
    }

    @Override
    public void close() throws SQLException {
        if (hold != null) {
            hold.close();
            hold = null;
        }
    }
}
