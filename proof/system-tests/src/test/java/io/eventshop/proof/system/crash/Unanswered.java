package io.eventshop.proof.system.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An order that the stock has not heard of when its deadline passes. Afterwards it hears of the
/// order and of its cancellation at once, and its answer comes too late.
final class Unanswered implements Work {

    private final Scene scene;
    private @Nullable UUID order;
    private @Nullable RelayHold hold;

    Unanswered(Scene scene) {
        this.scene = scene;
    }

    @Override
    public void prepare() throws SQLException {
        hold = new RelayHold(scene.shop().database(Services.ORDER));
        order = scene.client().placeOrder("WEBCAM-1", 1);
    }

    @Override
    public void provoke() throws SQLException {
        scene.ledger()
                .execute(
                        Services.ORDER,
                        """
                        update orders
                           set awaiting_since = awaiting_since - interval '1 hour'
                         where id = '%s'
                        """
                                .formatted(order));
    }

    /// The stock hears of the order only when it has ended: before that its answer would come
    /// first.
    @Override
    public void assertDone() throws SQLException {
        String status = "select status from orders where id = '%s'".formatted(order);
        assertThat(scene.ledger().rows(Services.ORDER, status)).containsExactly("CANCELLED");
        close();
        evidence().assertEnded(End.CANCELLED_EARLY);
    }

    @Override
    public void assertExact() {
        evidence().assertPublished(End.CANCELLED_EARLY, Published.in(scene));
    }

    private OrderEvidence evidence() {
        return new OrderEvidence(scene, requireNonNull(order));
    }

    @Override
    public void close() throws SQLException {
        if (hold != null) {
            hold.close();
            hold = null;
        }
    }
}
