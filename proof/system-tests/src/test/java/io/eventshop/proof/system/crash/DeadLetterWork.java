package io.eventshop.proof.system.crash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.proof.shop.Services;
import io.eventshop.proof.shop.ShopClient;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A confirmation whose mail cannot be written, because the customer's address has been lost; then
/// the address is found again, and the event is replayed.
final class DeadLetterWork implements Work {

    private final Scene scene;
    private final boolean untilReplayed;
    private @Nullable UUID order;
    private @Nullable RelayHold hold;

    private DeadLetterWork(Scene scene, boolean untilReplayed) {
        this.scene = scene;
        this.untilReplayed = untilReplayed;
    }

    /// The work is to bury the event.
    static DeadLetterWork buried(Scene scene) {
        return new DeadLetterWork(scene, false);
    }

    /// The work is to replay it.
    static DeadLetterWork replayed(Scene scene) {
        return new DeadLetterWork(scene, true);
    }

    @Override
    public void prepare() throws SQLException {
        hold = new RelayHold(scene.shop().database(Services.INVENTORY));
        order = scene.client().placeOrder("MONITOR-1", 1);
        scene.soon("the address is known").until(() -> contacts() == 1);
        scene.ledger()
                .execute(
                        Services.NOTIFICATION,
                        "delete from order_contact where order_id = '%s'".formatted(order));
        if (untilReplayed) {
            close();
            scene.soon("the event is buried").untilAsserted(this::assertBuried);
            findAddress();
        }
    }

    @Override
    public void provoke() throws SQLException {
        if (untilReplayed) {
            scene.client().replayDeadLetters(Services.NOTIFICATION);
        } else {
            close();
        }
    }

    @Override
    public void assertDone() throws SQLException {
        if (untilReplayed) {
            assertReplayed();
        } else {
            assertBuried();
        }
    }

    @Override
    public void settle() throws SQLException {
        if (!untilReplayed) {
            findAddress();
            scene.client().replayDeadLetters(Services.NOTIFICATION);
        }
    }

    @Override
    public void assertExact() throws SQLException {
        scene.soon("the replayed event's mail is sent").untilAsserted(this::assertReplayed);
        evidence().assertPublished(End.CONFIRMED, Published.in(scene));
    }

    private void assertBuried() throws SQLException {
        assertThat(letters()).as("dead letters of %s", order).isEqualTo("1 DEAD");
        assertThat(blockedKeys()).as("blocked keys").isEqualTo(1);
    }

    private void assertReplayed() throws SQLException {
        evidence().assertEnded(End.CONFIRMED);
        assertThat(letters()).as("dead letters of %s", order).isEqualTo("1 REPLAYED");
        assertThat(blockedKeys()).as("blocked keys").isZero();
    }

    private void findAddress() throws SQLException {
        scene.ledger()
                .execute(
                        Services.NOTIFICATION,
                        "insert into order_contact (order_id, email) values ('%s', '%s')"
                                .formatted(order, ShopClient.EMAIL));
    }

    private String letters() throws SQLException {
        return String.join(
                "; ",
                scene.ledger()
                        .rows(
                                Services.NOTIFICATION,
                                """
                                select count(*) || ' ' || status
                                  from messaging.dead_letter
                                 where convert_from(record_key, 'UTF8') = '%s'
                                 group by status
                                 order by status
                                """
                                        .formatted(order)));
    }

    private long blockedKeys() throws SQLException {
        return scene.ledger()
                .number(Services.NOTIFICATION, "select count(*) from messaging.blocked_key");
    }

    private long contacts() throws SQLException {
        return scene.ledger()
                .number(
                        Services.NOTIFICATION,
                        "select count(*) from order_contact where order_id = '%s'"
                                .formatted(order));
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
