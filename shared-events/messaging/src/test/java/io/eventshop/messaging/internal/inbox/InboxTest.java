package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.messaging.Correlation;
import io.eventshop.testkit.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.dao.CannotAcquireLockException;

class InboxTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void close() {
        fixture.close();
    }

    /// An alarm on an increase sees none from nothing to one.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "handled",
                "duplicates",
                "conflicting",
                "ignored",
                "dead",
                "parked",
                "waiting",
                "failed.batches"
            })
    void a_counter_is_there_before_it_counts(String counter) {
        assertThat(fixture.counted(counter)).isZero();
    }

    @Test
    void events_are_applied_in_the_order_of_arrival() {
        var first = arrivals.of(ORDER);
        var second = arrivals.of(OTHER);
        var third = arrivals.of(ORDER);

        fixture.receive(first, second, third);

        assertThat(fixture.effects()).containsExactly(id(first), id(second), id(third));
        assertThat(fixture.count("messaging.processed_message")).isEqualTo(3);
        assertThat(fixture.counted("handled")).isEqualTo(3);
        assertThat(fixture.latencies()).isEqualTo(3);
    }

    @Test
    void a_duplicate_inside_a_batch_or_in_a_later_one_has_no_effect() {
        var first = arrivals.of(ORDER);
        var second = arrivals.of(ORDER);

        fixture.receive(first, second, first);
        fixture.receive(second, first);

        assertThat(fixture.effects()).containsExactly(id(first), id(second));
        assertThat(fixture.counted("duplicates")).isEqualTo(3);
    }

    @Test
    void each_consumer_has_its_own_marks() {
        var event = arrivals.of(ORDER);
        var other = fixture.subscription("others");

        fixture.receive(event);
        fixture.inbox.receive(other, List.of(event));

        assertThat(fixture.effects()).containsExactly(id(event), id(event));
    }

    /// The marks go first. If they went last, both would have the effect.
    @Test
    void the_second_owner_of_an_event_waits_before_it_reads_anything() {
        var preparations = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        fixture.preparation =
                _ -> {
                    preparations.incrementAndGet();
                    uninterrupted(goOn);
                };
        var first = arrivals.of(ORDER);
        var second = arrivals.of(OTHER);

        try (var threads = Executors.newCachedThreadPool()) {
            try {
                threads.execute(() -> fixture.receive(first, second));
                await().until(() -> preparations.get() == 1);
                threads.execute(() -> fixture.receive(second, first));
                await().until(() -> fixture.waitingForLock() == 1);
            } finally {
                goOn.countDown();
            }
        }

        assertThat(preparations).hasValue(1);
        assertThat(fixture.effects()).containsExactly(id(first), id(second));
        assertThat(fixture.counted("duplicates")).isEqualTo(2);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_transaction_of_a_batch_is_all_or_nothing_when_it_is_repeated() {
        var attempts = new AtomicInteger();
        fixture.before =
                event -> {
                    if (event.orderId().equals(OTHER) && attempts.incrementAndGet() < 3) {
                        throw new CannotAcquireLockException("lost against another transaction");
                    }
                };
        var first = arrivals.of(ORDER);
        var second = arrivals.of(OTHER);

        fixture.receive(first, second);

        assertThat(attempts).hasValue(3);
        assertThat(fixture.effects()).containsExactly(id(first), id(second));
        assertThat(fixture.count("messaging.dead_letter")).isZero();
    }

    @Test
    void a_handler_finds_correlation_and_log_context_of_its_event() {
        var seen = new ArrayList<String>();
        fixture.before =
                event -> {
                    var correlation = Correlation.current().orElseThrow();
                    seen.add(correlation.correlationId() + " " + correlation.causationId());
                    seen.add(MDC.get("correlationId") + " " + MDC.get("eventId"));
                };
        var event = arrivals.of(ORDER);

        fixture.receive(event);

        assertThat(seen).containsOnly("c-1 " + id(event)).hasSize(2);
        assertThat(MDC.get("eventId")).isNull();
    }

    @Test
    void without_memory_nobody_is_asked_for_a_verdict() {
        fixture.before =
                _ -> {
                    throw new OutOfMemoryError("as a test");
                };
        var event = arrivals.of(ORDER);

        assertThatThrownBy(() -> fixture.receive(event)).isInstanceOf(OutOfMemoryError.class);

        assertThat(fixture.count("messaging.dead_letter")).isZero();
        assertThat(fixture.count("messaging.processed_message")).isZero();
    }

    @Test
    void a_batch_that_takes_too_long_is_handed_back_and_goes_on_where_it_was() {
        var limits =
                Map.of(
                        "eventshop.inbox.poll-interval-max", "8s",
                        "eventshop.inbox.transaction-timeout", "2s");
        try (var slow = new InboxFixture(TestServers.database("slow"), limits)) {
            slow.before = _ -> slow.jdbc.execute("select pg_sleep(0.7)");
            var batch = Stream.generate(() -> arrivals.of(ORDER)).limit(10).toList();

            assertThatThrownBy(() -> slow.inbox.receive(slow.subscription, batch))
                    .isInstanceOf(BatchUnfinishedException.class);
            int applied = slow.effects().size();
            slow.inbox.receive(slow.subscription, batch.subList(0, applied + 1));

            assertThat(applied).isBetween(1, 9);
            assertThat(slow.effects()).hasSize(applied + 1).doesNotHaveDuplicates();
        }
    }
}
