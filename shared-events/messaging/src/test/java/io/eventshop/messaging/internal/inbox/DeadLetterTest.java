package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.messaging.internal.inbox.InboxFixture.CONSUMER;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID BAD = UUID.randomUUID();

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow(); // a test that fails must not wait for ever for what it held up
        threads.close();
        fixture.close();
    }

    @Test
    void a_poison_message_in_the_middle_of_a_batch_stops_only_its_own_key() {
        refuse(BAD);
        var first = arrivals.of(ORDER);
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        var last = arrivals.of(ORDER);

        fixture.receive(first, poison, follower, last);
        var later = arrivals.of(BAD);
        fixture.receive(later);

        assertThat(fixture.effects()).containsExactly(id(first), id(last));
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(poison));
        assertThat(fixture.letters(Status.PARKED)).containsExactly(id(follower), id(later));
        assertThat(fixture.counted("dead")).isEqualTo(1);
        assertThat(fixture.counted("parked")).isEqualTo(2);
        assertThat(fixture.registry.get("eventshop.inbox.keys.blocked").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void a_replay_applies_the_sequence_in_order_and_frees_the_key() {
        refuse(BAD);
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        fixture.receive(poison, follower);
        refuse();

        var report = fixture.desk.replay(CONSUMER, id(follower), "ann").orElseThrow();
        var later = arrivals.of(BAD);
        fixture.receive(later);

        assertThat(report).isEqualTo(new DeadLetterDesk.Report(2, 0, null));
        assertThat(fixture.effects()).containsExactly(id(poison), id(follower), id(later));
        assertThat(fixture.letters(Status.REPLAYED)).containsExactly(id(poison), id(follower));
        assertThat(fixture.count("messaging.blocked_key")).isZero();
    }

    /// Its positions begin at zero again, before those of the letters.
    @Test
    void followers_that_come_after_the_broker_was_set_up_anew_are_replayed_behind_the_first() {
        refuse(BAD);
        fixture.receive(arrivals.of(ORDER));
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        fixture.receive(poison, follower);
        arrivals.fromAnotherCluster();
        var later = arrivals.of(BAD);
        var last = arrivals.of(BAD);
        fixture.receive(later, last);

        refuse();
        var report = fixture.desk.replay(CONSUMER, id(last), "ann").orElseThrow();

        assertThat(report).isEqualTo(new DeadLetterDesk.Report(4, 0, null));
        assertThat(fixture.effects(BAD))
                .containsExactly(id(poison), id(follower), id(later), id(last));
    }

    @Test
    void a_replay_that_fails_again_changes_nothing_but_the_count_of_attempts() {
        refuse(BAD);
        var poison = arrivals.of(BAD);
        fixture.receive(poison, arrivals.of(BAD));

        var report = fixture.desk.replay(CONSUMER, id(poison), "ann").orElseThrow();

        assertThat(report.settled()).isZero();
        assertThat(report.waiting()).isEqualTo(2);
        assertThat(report.stoppedBy()).contains("IllegalStateException: refused");
        assertThat(fixture.effects()).isEmpty();
        var letter = fixture.deadLetters.find(CONSUMER, id(poison)).orElseThrow();
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.fingerprint()).startsWith("IllegalStateException@");
    }

    /// It either is parked before the replay's last look and replayed by it, or it waits for the
    /// lock and is applied after it. Here the replay is at the last letter of two.
    @Test
    void an_event_that_arrives_while_the_replay_runs_is_applied_after_it() throws Exception {
        refuse(BAD);
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        fixture.receive(poison, follower);
        var replayIsInside = new CountDownLatch(2);
        var goOn = new CountDownLatch(1);
        fixture.before =
                _ -> {
                    replayIsInside.countDown();
                    if (replayIsInside.getCount() == 0) {
                        uninterrupted(goOn);
                    }
                };

        var replay =
                CompletableFuture.supplyAsync(
                        () -> fixture.desk.replay(CONSUMER, id(poison), "ann").orElseThrow(),
                        threads);
        await().until(() -> replayIsInside.getCount() == 0);
        fixture.before = _ -> {};
        var late = arrivals.of(BAD);
        var consumer = CompletableFuture.runAsync(() -> fixture.receive(late), threads);
        await().until(() -> fixture.waitingForLock() == 1);
        goOn.countDown();
        replay.get();
        consumer.get();

        assertThat(fixture.effects()).containsExactly(id(poison), id(follower), id(late));
        assertThat(fixture.open()).isZero();
        assertThat(fixture.count("messaging.blocked_key")).isZero();
    }

    @Test
    void no_follower_is_orphaned_however_replays_and_arrivals_meet() {
        for (int round = 0; round < 20; round++) {
            var order = UUID.randomUUID();
            refuse(order);
            var poison = arrivals.of(order);
            fixture.receive(poison);
            refuse();

            var followers = IntStream.range(0, 5).mapToObj(_ -> arrivals.of(order)).toList();
            var consumer =
                    CompletableFuture.runAsync(() -> followers.forEach(fixture::receive), threads);
            var replay =
                    CompletableFuture.runAsync(
                            () ->
                                    assertThat(fixture.desk.replay(CONSUMER, id(poison), "ann"))
                                            .isPresent(),
                            threads);
            CompletableFuture.allOf(consumer, replay).join();

            assertThat(fixture.open()).isZero();
            assertThat(fixture.effects(order))
                    .containsExactlyElementsOf(
                            Stream.concat(Stream.of(poison), followers.stream())
                                    .map(Arrivals::id)
                                    .toList());
        }
    }

    @Test
    void a_discarded_event_is_a_tombstone_that_a_later_reading_respects() {
        refuse(BAD);
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        fixture.receive(poison, follower);
        refuse();

        var discarded = fixture.desk.discard(CONSUMER, id(poison), "ann", "sent by mistake");
        var replayed = fixture.desk.replay(CONSUMER, id(poison), "ann");
        fixture.jdbc.execute("truncate messaging.processed_message");
        fixture.receive(poison);

        assertThat(discarded).contains(new DeadLetterDesk.Report(1, 1, null));
        assertThat(replayed).contains(new DeadLetterDesk.Report(1, 0, null));
        assertThat(fixture.effects()).containsExactly(id(follower));
        var letter = fixture.deadLetters.find(CONSUMER, id(poison)).orElseThrow();
        assertThat(letter.status()).isEqualTo(Status.DISCARDED);
        assertThat(letter.settledBy()).isEqualTo("ann");
        assertThat(letter.settledReason()).isEqualTo("sent by mistake");
    }

    @Test
    void an_overflowing_stack_is_the_handlers_doing() {
        fixture.before =
                _ -> {
                    throw new StackOverflowError("as a test");
                };
        var poison = arrivals.of(BAD);

        fixture.receive(poison);

        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(poison));
    }

    private void refuse(UUID... orders) {
        var refused = Set.of(orders);
        fixture.before =
                event -> {
                    if (refused.contains(event.orderId())) {
                        throw new IllegalStateException("refused");
                    }
                };
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
