package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventshop.messaging.EventMetadata;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardQueueTest {

    private final TestShop shop = TestShop.open();
    private final UUID orderId = UUID.randomUUID();
    private final ShardQueue queue = new ShardQueue(shop.relayJdbc, Shard.of(orderId.toString()));

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void a_pass_is_bounded_in_rows_and_in_bytes_and_takes_one_row_at_least() {
        for (int i = 0; i < 3; i++) {
            EventMetadata _ = shop.confirm(orderId);
        }
        var all = queue.oldest(3, Long.MAX_VALUE);
        int bytesOfTwo = all.get(0).size() + all.get(1).size();

        assertThat(all).hasSize(3);
        assertThat(queue.oldest(2, Long.MAX_VALUE)).hasSize(2);
        assertThat(queue.oldest(3, bytesOfTwo + 1)).hasSize(3);
        assertThat(queue.oldest(3, bytesOfTwo)).hasSize(2);
        assertThat(queue.oldest(3, 1)).hasSize(1);
    }

    @Test
    void a_published_row_that_is_gone_already_is_found_out() {
        EventMetadata _ = shop.confirm(orderId);
        var rows = queue.oldest(1, 1);
        queue.delete(rows);

        assertThatIllegalStateException()
                .isThrownBy(() -> queue.delete(rows))
                .withMessageContaining("1 rows were published, but 0 were there to delete");
    }
}
