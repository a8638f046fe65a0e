package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.await;

import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.OutboxRoom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRoomTest {

    private static final int BACKLOG_MAX = 3;

    private final TestShop shop = TestShop.open();
    private final AtomicBoolean databaseIsDown = new AtomicBoolean();
    private final OutboxRoom room = new OutboxRoom(BACKLOG_MAX, this::count);

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void it_is_full_at_the_mark_and_has_room_again_when_the_relay_has_worked() {
        confirm(BACKLOG_MAX - 1);
        await().during(Duration.ofMillis(200)).until(() -> !room.isFull());

        confirm(1);
        await().until(room::isFull);

        Relay _ = shop.startRelay();
        await().until(() -> !room.isFull());
    }

    @Test
    void a_database_that_does_not_answer_leaves_the_last_count_standing() {
        confirm(BACKLOG_MAX);
        await().until(room::isFull);

        databaseIsDown.set(true);

        await().during(Duration.ofSeconds(3)).until(room::isFull);
    }

    private long count() {
        if (databaseIsDown.get()) {
            throw new IllegalStateException("down");
        }
        return OutboxState.countUpTo(BACKLOG_MAX, shop.relayPool.dataSource());
    }

    private void confirm(int events) {
        for (int i = 0; i < events; i++) {
            EventMetadata _ = shop.confirm(UUID.randomUUID());
        }
    }
}
