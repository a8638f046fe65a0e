package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/// One loop, pass by pass, while others do something between its passes.
class RelayLoopTest {

    private static final int PASSES_MAX = 20;

    private final TestShop shop = TestShop.open();

    private final UUID orderId = UUID.randomUUID();
    private final ShardQueue queue = new ShardQueue(shop.relayJdbc, Shard.of(orderId.toString()));

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void a_key_that_another_instance_parked_and_someone_retried_is_sent_in_its_order() {
        var first = shop.confirm(orderId).id();
        var second = shop.confirm(orderId).id();
        var broker = new RefusingOnce();

        run(broker, this::parkAsAnotherInstanceDoes, this::retry);

        assertThat(broker.accepted).containsExactly(first.toString(), second.toString());
    }

    /// @param meanwhile what others do, each after one more pass
    private void run(Transport broker, Runnable... meanwhile) {
        var passes = new Passes(new ArrayDeque<>(List.of(meanwhile)));
        var loop =
                new RelayLoop(
                        queue,
                        passes,
                        broker,
                        TestShop.properties(Duration.ofSeconds(10)),
                        new OutboxMeters(new SimpleMeterRegistry(), shop.relayPool));
        while (!passes.isOver()) {
            var _ = loop.run(() -> false);
        }
    }

    private void parkAsAnotherInstanceDoes() {
        shop.relayTransaction.executeWithoutResult(
                _ -> queue.park(queue.oldest(1, 1).getFirst(), "refused by the test"));
    }

    private void retry() {
        assertThat(shop.parkedKeys.retry("orders.events", orderId.toString(), "ann", "mended"))
                .isTrue();
    }

    /// Over when the outbox is empty.
    private final class Passes implements TransactionOperations {

        private final Queue<Runnable> meanwhile;
        private int count;

        private Passes(Queue<Runnable> meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public <T extends @Nullable Object> T execute(TransactionCallback<T> pass) {
            T result = shop.relayTransaction.execute(pass);
            var next = meanwhile.poll();
            if (next != null) {
                next.run();
            }
            count++;
            return result;
        }

        private boolean isOver() {
            return count > 0 && (shop.backlog() == 0 || count == PASSES_MAX);
        }
    }

    /// A broker that takes nothing of the first batch and everything after it.
    private static final class RefusingOnce implements Transport {

        private final List<String> accepted = new ArrayList<>();
        private boolean hasRefused;

        @Override
        public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
            if (!hasRefused) {
                hasRefused = true;
                return records.stream()
                        .<Outcome>map(_ -> new Outcome.Refused("by the test"))
                        .toList();
            }
            records.forEach(record -> accepted.add(record.attributes().get("id")));
            return records.stream().<Outcome>map(_ -> new Outcome.Acked()).toList();
        }

        @Override
        public void close() {}
    }
}
