package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lock that somebody has forgotten holds up the key that needs it, and nothing else.
class WaitingEventsTest {

    private static final UUID LOCKED = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final InboxFixture fixture =
            new InboxFixture(
                    TestServers.database("locks"), Map.of("eventshop.inbox.lock-timeout", "1s"));
    private final Arrivals arrivals = new Arrivals();

    private Connection holder;

    @BeforeEach
    void lock() throws SQLException {
        fixture.jdbc.execute(
                "drop table if exists item, item_away; create table item (order_id uuid)");
        fixture.jdbc.update("insert into item values (?), (?)", LOCKED, OTHER);
        lockItems();
        holder = fixture.dataSource.getConnection();
        holder.setAutoCommit(false);
        execute("set application_name = 'somebody'");
        execute("select from item where order_id = '%s' for update".formatted(LOCKED));
    }

    @AfterEach
    void close() throws SQLException {
        release();
        holder.close();
        fixture.close();
    }

    @Test
    void an_event_that_needs_a_locked_row_steps_aside_and_the_others_are_applied() {
        var waiting = arrivals.of(LOCKED);
        var other = arrivals.of(OTHER);
        var follower = arrivals.of(LOCKED);
        var last = arrivals.of(OTHER);

        fixture.receive(waiting, other, follower, last);

        assertThat(fixture.effects()).containsExactly(id(other), id(last));
        assertThat(fixture.letters(Status.WAITING)).containsExactly(id(waiting));
        assertThat(fixture.letters(Status.PARKED)).containsExactly(id(follower));
        assertThat(fixture.counted("waiting")).isEqualTo(1);
        assertThat(fixture.deadLetters.countOpen()).isEqualTo(new DeadLetters.Count(0, 2));
    }

    @Test
    void who_holds_the_lock_is_in_the_letter() {
        var waiting = arrivals.of(LOCKED);

        fixture.receive(waiting);

        assertThat(fixture.deadLetters.find(InboxFixture.CONSUMER, id(waiting)))
                .get()
                .extracting(DeadLetter::reason)
                .asString()
                .contains("(somebody), idle in transaction, in a transaction since 20");
    }

    @Test
    void what_waits_is_tried_again_until_the_lock_is_free_and_in_order() throws SQLException {
        var waiting = arrivals.of(LOCKED);
        var follower = arrivals.of(LOCKED);
        fixture.receive(waiting, follower);
        makeDue();
        fixture.waitingEvents.work(() -> false);
        assertThat(fixture.effects()).isEmpty();
        assertThat(fixture.letters(Status.WAITING)).containsExactly(id(waiting));

        release();
        var late = arrivals.of(LOCKED);
        fixture.receive(late);
        assertThat(fixture.effects()).isEmpty();
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.effects()).containsExactly(id(waiting), id(follower), id(late));
        assertThat(fixture.count("messaging.dead_letter")).isZero();
        assertThat(fixture.count("messaging.blocked_key")).isZero();
        assertThat(fixture.counted("handled")).isEqualTo(3);
    }

    @Test
    void an_event_that_has_waited_is_a_duplicate_afterwards() throws SQLException {
        var waiting = arrivals.of(LOCKED);
        fixture.receive(waiting);
        fixture.receive(waiting);
        fixture.jdbc.execute("delete from messaging.processed_message"); // kept for too short
        release();
        makeDue();
        fixture.waitingEvents.work(() -> false);

        fixture.receive(waiting);

        assertThat(fixture.effects()).containsExactly(id(waiting));
        assertThat(fixture.counted("duplicates")).isEqualTo(2);
    }

    @Test
    void the_service_tries_by_itself() throws SQLException {
        var waiting = arrivals.of(LOCKED);
        fixture.receive(waiting);
        fixture.waitingEvents.start();
        try {
            release();

            await().until(() -> fixture.effects().contains(id(waiting)));
        } finally {
            fixture.waitingEvents.stop();
        }
    }

    @Test
    void an_event_that_fails_after_it_has_waited_is_a_dead_letter_and_blocks_its_key()
            throws SQLException {
        var waiting = arrivals.of(LOCKED);
        var follower = arrivals.of(LOCKED);
        fixture.receive(waiting, follower);
        release();
        fixture.before =
                _ -> {
                    throw new IllegalStateException("refused");
                };
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(waiting));
        assertThat(fixture.letters(Status.PARKED)).containsExactly(id(follower));
        assertThat(fixture.deadLetters.countOpen()).isEqualTo(new DeadLetters.Count(2, 0));
    }

    @Test
    void a_person_may_be_quicker() throws SQLException {
        var waiting = arrivals.of(LOCKED);
        var follower = arrivals.of(LOCKED);
        fixture.receive(waiting, follower);
        release();

        var report = fixture.desk.replay(InboxFixture.CONSUMER, id(waiting), "ann").orElseThrow();
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(report.settled()).isEqualTo(2);
        assertThat(fixture.effects()).containsExactly(id(waiting), id(follower));
    }

    /// Another instance is at it; nobody can say of the event that it waits.
    @Test
    void an_event_that_another_instance_is_applying_comes_again_and_the_others_are_applied()
            throws SQLException {
        var taken = arrivals.of(OTHER);
        var other = arrivals.of(UUID.randomUUID());
        var follower = arrivals.of(OTHER);
        execute(
                """
                insert into messaging.processed_message (consumer, event_id, topic, published_at)
                values ('%s', '%s', 'orders.events', now())
                """
                        .formatted(InboxFixture.CONSUMER, id(taken)));

        assertThatThrownBy(() -> fixture.receive(taken, other, follower))
                .isInstanceOf(BatchUnfinishedException.class);
        assertThat(fixture.effects()).containsExactly(id(other));
        holder.rollback();
        fixture.receive(taken, other, follower);

        assertThat(fixture.effects()).containsExactly(id(other), id(taken), id(follower));
        assertThat(fixture.count("messaging.dead_letter")).isZero();
    }

    @Test
    void what_waits_is_no_dead_letter_where_all_of_it_fails_alike() throws SQLException {
        var waiting = IntStream.range(0, 8).mapToObj(_ -> arrivals.of(UUID.randomUUID())).toList();
        execute("lock table item");
        fixture.inbox.receive(fixture.subscription, waiting);
        assertThat(fixture.letters(Status.WAITING)).hasSize(8);
        release();
        fixture.jdbc.execute("alter table item rename to item_away");

        makeDue();
        fixture.waitingEvents.work(() -> false);
        assertThat(fixture.letters(Status.DEAD)).hasSize(4);
        assertThat(fixture.letters(Status.WAITING)).hasSize(4);
        fixture.jdbc.execute("alter table item_away rename to item");
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.effects()).hasSize(4);
    }

    /// Until V4 is everywhere, an instance of the build before may unblock a key behind which an
    /// event waits.
    @Test
    void an_event_whose_key_was_unblocked_is_applied_all_the_same() throws SQLException {
        var waiting = arrivals.of(LOCKED);
        fixture.receive(waiting);
        fixture.jdbc.execute("delete from messaging.blocked_key");
        release();
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.effects()).containsExactly(id(waiting));
        assertThat(fixture.count("messaging.blocked_key")).isZero();
    }

    @Test
    void a_replay_that_meets_a_lock_leaves_the_rest_to_the_service() throws SQLException {
        fixture.before =
                _ -> {
                    throw new IllegalStateException("refused");
                };
        var dead = arrivals.of(LOCKED);
        fixture.receive(dead);
        lockItems();

        var report = fixture.desk.replay(InboxFixture.CONSUMER, id(dead), "ann").orElseThrow();
        assertThat(report.stoppedBy()).contains("lock");
        assertThat(fixture.letters(Status.WAITING)).containsExactly(id(dead));
        release();
        makeDue();
        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.effects()).containsExactly(id(dead));
    }

    @Test
    void many_that_are_due_are_tried_one_at_a_time() throws SQLException {
        fixture.receive(arrivals.of(LOCKED));
        fixture.jdbc.execute("analyze messaging.dead_letter");
        execute("lock table item");
        for (int i = 0; i < 7; i++) {
            fixture.receive(arrivals.of(UUID.randomUUID()));
        }
        release();
        makeDue();

        fixture.waitingEvents.work(() -> false);

        assertThat(fixture.effects()).hasSize(8);
    }

    @Test
    void two_instances_never_try_the_same_event_at_once() {
        var first = arrivals.of(LOCKED);
        var second = arrivals.of(LOCKED);
        fixture.receive(first, second);
        makeDue();

        assertThat(Stream.generate(fixture.deadLetters::claimDue).limit(2))
                .extracting(claim -> claim.map(DeadLetter::eventId).orElse(null))
                .containsExactly(id(first), null);
    }

    private void lockItems() {
        fixture.before =
                event ->
                        fixture.jdbc.queryForList(
                                "select from item where order_id = ? for update", event.orderId());
    }

    private void makeDue() {
        fixture.jdbc.update("update messaging.dead_letter set due_at = now() where due_at > now()");
    }

    private void release() throws SQLException {
        holder.rollback();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = holder.createStatement()) {
            var _ = statement.execute(sql);
        }
    }
}
