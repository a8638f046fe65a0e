package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.messaging.internal.inbox.InboxFixture.CONSUMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/// Dead letters in bulk, as an operator asks for it.
class DeadLetterSweepTest {

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();
    private final DeadLettersEndpoint endpoint = fixture.endpoint(true);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.eventshop.messaging");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setAdditive(false); // a thousand failures
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        threads.shutdownNow();
        threads.close();
        fixture.close();
    }

    @Test
    void one_call_replays_all_keys_that_failed_for_one_cause_each_event_once_and_in_order() {
        refuse(_ -> true);
        var orders = orders(300);
        var first = arrive(orders);
        var second = arrive(orders);
        refuse(_ -> false);

        var report = replay(fingerprint(first.getFirst()), null, null, null);

        assertThat(report).isEqualTo(new DeadLetterSweep.Report(600, 0, 0, List.of(), null));
        assertThat(fixture.effects()).hasSize(600);
        for (int i = 0; i < orders.size(); i++) {
            assertThat(fixture.effects(orders.get(i)))
                    .containsExactly(id(first.get(i)), id(second.get(i)));
        }
        assertThat(fixture.count("messaging.blocked_key")).isZero();
    }

    @Test
    void a_key_that_fails_again_stops_no_other_key() {
        refuse(_ -> true);
        var orders = orders(20);
        var letters = arrive(orders);
        var followers = arrive(orders);
        refuse(orders.subList(0, 7)::contains);

        var report = replay(fingerprint(letters.getFirst()), null, null, null);

        assertThat(report.settled()).isEqualTo(26);
        assertThat(report.waiting()).isEqualTo(7);
        assertThat(report.stopped()).isEqualTo(7);
        assertThat(report.stoppedBy())
                .hasSize(5)
                .first()
                .isEqualTo(id(letters.getFirst()) + ": IllegalStateException: refused");
        assertThat(report.next()).isNull();
        assertThat(fixture.letters(Status.DEAD)).isEqualTo(ids(letters.subList(0, 7)));
        assertThat(fixture.letters(Status.PARKED)).isEqualTo(ids(followers.subList(0, 7)));
    }

    /// Those that fail are the oldest, and more than one call tries.
    @Test
    void repeated_calls_come_to_the_end_however_many_keys_fail_again() {
        var failing = orders(1000);
        var sound = orders(1100);
        var letters = bury(failing);
        var others = bury(sound);
        refuse(Set.copyOf(failing)::contains);

        var reports = new ArrayList<DeadLetterSweep.Report>();
        Long next = null;
        do {
            reports.add(replay("test", null, null, next));
            next = reports.getLast().next();
        } while (next != null && reports.size() < 20);

        assertThat(next).isNull();
        assertThat(reports.stream().mapToInt(DeadLetterSweep.Report::settled).sum())
                .isEqualTo(1100);
        assertThat(reports.stream().mapToInt(DeadLetterSweep.Report::stopped).sum())
                .isEqualTo(1000);
        assertThat(reports).allSatisfy(it -> assertThat(it.settled()).isBetween(0, 1000));
        assertThat(fixture.effects()).isEqualTo(ids(others));
        assertThat(fixture.letters(Status.DEAD)).isEqualTo(ids(letters));
    }

    @Test
    void a_call_that_takes_too_long_ends_behind_a_key_and_the_next_one_goes_on() {
        var letters = bury(orders(3));
        var hasty = new DeadLetterSweep(fixture.deadLetters, fixture.desk, Duration.ZERO);
        var all = new DeadLetters.Selection(CONSUMER, null, null, null);

        Long next = 0L;
        for (int call = 1; next != null && call <= 4; call++) {
            next = hasty.replay(all, next, "ann").next();
            assertThat(fixture.effects()).hasSize(Math.min(call, 3));
        }

        assertThat(next).isNull();
        assertThat(fixture.effects()).isEqualTo(ids(letters));
    }

    @Test
    void a_key_with_more_letters_than_one_call_replays_is_named() {
        var order = UUID.randomUUID();
        var letters = bury(Stream.generate(() -> order).limit(1001).toList());

        var first = replay("test", null, null, null);
        var second = replay(null, order.toString(), null, null);

        assertThat(first.settled()).isEqualTo(1000);
        assertThat(first.stoppedBy())
                .containsExactly(
                        id(letters.getLast()) + ": one call replays at most 1000 events of a key");
        assertThat(second).isEqualTo(new DeadLetterSweep.Report(1, 0, 0, List.of(), null));
        assertThat(fixture.effects()).isEqualTo(ids(letters));
    }

    @Test
    void two_operators_and_the_consumer_at_once_apply_each_event_once_and_in_order() {
        refuse(_ -> true);
        var orders = orders(50);
        var first = arrive(orders);
        var second = arrive(orders);
        refuse(_ -> false);

        var late = new ArrayList<Delivery>();
        var work =
                Stream.<Runnable>of(
                                () -> replayAll(),
                                () -> replayAll(),
                                () ->
                                        orders.forEach(order -> {
                                            var event = arrivals.of(order);
                                            fixture.receive(event);
                                            late.add(event);
                                        }))
                        .map(each -> CompletableFuture.runAsync(each, threads))
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(work).join();
        var _ = replay(null, null, true, null);

        for (int i = 0; i < orders.size(); i++) {
            assertThat(fixture.effects(orders.get(i)))
                    .containsExactly(id(first.get(i)), id(second.get(i)), id(late.get(i)));
        }
        assertThat(fixture.open()).isZero();
        assertThat(fixture.count("messaging.blocked_key")).isZero();
    }

    @Test
    void all_of_one_fingerprint_are_discarded_and_what_waits_behind_them_goes_on_waiting() {
        refuse(_ -> true);
        var orders = orders(30);
        var letters = arrive(orders);
        var followers = arrive(orders);
        var other = arrivals.raw("other", _ -> {}, "{broken");
        fixture.receive(other);
        refuse(_ -> false);

        var report = discard(fingerprint(letters.getFirst()), null, null);

        assertThat(report).isEqualTo(new DeadLetterSweep.Report(30, 0, 0, List.of(), null));
        assertThat(fixture.letters(Status.DISCARDED)).isEqualTo(ids(letters));
        assertThat(fixture.letters(Status.PARKED)).isEqualTo(ids(followers));
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(other));
        assertThat(fixture.count("messaging.blocked_key")).isEqualTo(31);
        assertThat(replay("parked", null, null, null).settled()).isEqualTo(30);
        assertThat(fixture.effects()).hasSameElementsAs(ids(followers));
    }

    @Test
    void a_key_is_discarded_with_what_waits_behind_it() {
        refuse(_ -> true);
        var orders = orders(2);
        var letters = arrive(orders);
        var followers = arrive(orders);
        refuse(_ -> false);

        var report = discard(null, orders.getFirst().toString(), null);
        var later = arrivals.of(orders.getFirst());
        fixture.receive(later);

        assertThat(report.settled()).isEqualTo(2);
        assertThat(fixture.letters(Status.DISCARDED))
                .containsExactly(id(letters.getFirst()), id(followers.getFirst()));
        assertThat(fixture.effects()).containsExactly(id(later));
        assertThat(fixture.open()).isEqualTo(2);
    }

    @Test
    void all_of_a_consumer_that_is_gone_are_discarded_and_no_others() {
        var broken = arrivals.raw("key", _ -> {}, "{broken");
        var follower = arrivals.raw("key", _ -> {}, "{}");
        fixture.receive(broken);
        fixture.inbox.receive(fixture.subscription("gone"), List.of(broken, follower));

        var replayed = endpoint.replayAll("gone", "ann", null, null, true, null);
        var discarded = endpoint.discardAll("gone", "ann", "it is gone", null, null, true, null);

        assertThat(replayed.getBody())
                .isEqualTo(
                        new DeadLetterSweep.Report(
                                0,
                                2,
                                1,
                                List.of("this service has no such consumer any more"),
                                null));
        assertThat(discarded.getBody())
                .isEqualTo(new DeadLetterSweep.Report(2, 0, 0, List.of(), null));
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(broken));
    }

    /// A name that was misspelled is no name: it must not mean all.
    @Test
    void what_is_meant_has_to_be_named_once() {
        fixture.receive(arrivals.raw("key", _ -> {}, "{broken"));

        assertRefused(() -> discard(null, null, null));
        assertRefused(() -> discard(null, null, false));
        assertRefused(() -> discard(null, "key", true));
        assertRefused(() -> discard("a", "key", null));
        assertRefused(() -> discard("a\nb", null, null));
        assertRefused(() -> discard(null, "0xf", null));
        assertRefused(() -> replay(null, null, null, null));
        assertThat(fixture.open()).isEqualTo(1);
    }

    @Test
    void the_audit_line_is_written_afterwards_and_says_what_was_done() {
        refuse(_ -> true);
        var orders = orders(3);
        var letters = arrive(orders);
        var fingerprint = fingerprint(letters.getFirst());
        refuse(orders.getFirst()::equals);

        var _ = replay(fingerprint, null, null, null);
        var _ = discard(null, orders.getFirst().toString(), null);
        var _ = discard(null, orders.getFirst().toString(), null);
        fixture.receive(arrivals.raw("ada@example.test", _ -> {}, "{broken"));
        var _ = discard(null, "ada@example.test", null);

        assertThat(audit())
                .containsExactly(
                        "audit: ann replayed 2 letters of effects with the fingerprint "
                                + fingerprint
                                + "; 1 keys were left before their end",
                        "audit: ann discarded 1 letters of effects with the key "
                                + orders.getFirst()
                                + ": why not",
                        "audit: ann discarded 1 letters of effects with a key that is not shown:"
                                + " why not");
    }

    @Test
    void the_audit_line_of_one_letter_is_written_afterwards_too() {
        refuse(_ -> true);
        var poison = arrivals.of(UUID.randomUUID());
        fixture.receive(poison);

        var _ = endpoint.replay(CONSUMER, id(poison), "ann");
        var _ = endpoint.discard(CONSUMER, id(poison), "ann", "why not");
        var _ = endpoint.discard(CONSUMER, id(poison), "ann", "why not");

        assertThat(audit())
                .containsExactly(
                        "audit: ann replayed 0 letters of effects, the sequence of event "
                                + id(poison),
                        "audit: ann discarded 1 letters of effects, event "
                                + id(poison)
                                + ": why not",
                        "audit: ann discarded 0 letters of effects, event "
                                + id(poison)
                                + ": why not");
    }

    /// What was replayed before the database went away stands in the log.
    @Test
    void a_call_that_breaks_off_leaves_its_audit_line() {
        refuse(_ -> true);
        var orders = orders(3);
        var letters = arrive(orders);
        refuse(_ -> false);
        fixture.before =
                event -> {
                    if (event.orderId().equals(orders.getLast())) {
                        fixture.dataSource.close();
                    }
                };

        assertThatThrownBy(() -> replay(fingerprint(letters.getFirst()), null, null, null))
                .isInstanceOf(RuntimeException.class);

        assertThat(audit()).singleElement().asString().startsWith("audit: ann replayed 2 letters");
    }

    @Test
    void what_nobody_knows_is_not_found_and_not_logged() {
        var unknown = UUID.randomUUID();

        assertThat(endpoint.replayAll("nobody", "ann", null, null, true, null).getStatus())
                .isEqualTo(404);
        assertThat(
                        endpoint.discardAll("nobody", "ann", "why not", null, null, true, null)
                                .getStatus())
                .isEqualTo(404);
        assertThat(endpoint.replay("nobody", unknown, "ann").getStatus()).isEqualTo(404);
        assertThat(endpoint.discard(CONSUMER, unknown, "ann", "x").getStatus()).isEqualTo(404);
        assertRefused(() -> endpoint.replayAll("a\nWARN forged", "ann", null, null, true, null));
        assertThat(discard("forged", null, null).settled()).isZero();
        assertThat(audit()).isEmpty();
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("forged"));
    }

    private void replayAll() {
        var _ = replay(null, null, true, null);
    }

    private DeadLetterSweep.Report replay(
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable Boolean all,
            @Nullable Long after) {
        return report(endpoint.replayAll(CONSUMER, "ann", fingerprint, key, all, after));
    }

    private DeadLetterSweep.Report discard(
            @Nullable String fingerprint, @Nullable String key, @Nullable Boolean all) {
        return report(endpoint.discardAll(CONSUMER, "ann", "why not", fingerprint, key, all, null));
    }

    private static DeadLetterSweep.Report report(WebEndpointResponse<?> answer) {
        return (DeadLetterSweep.Report) Objects.requireNonNull(answer.getBody());
    }

    private String fingerprint(Delivery letter) {
        return fixture.deadLetters.find(CONSUMER, id(letter)).orElseThrow().fingerprint();
    }

    private static List<UUID> orders(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    /// One event of each order, in one batch. Others succeed in between, or the consumer would
    /// stop.
    private List<Delivery> arrive(List<UUID> orders) {
        var batch = orders.stream().map(arrivals::of).toList();
        for (Delivery delivery : batch) {
            fixture.receive(delivery);
            fixture.breaker.succeeded(CONSUMER);
        }
        return batch;
    }

    /// Faster than failing.
    private List<Delivery> bury(List<UUID> orders) {
        var letters = orders.stream().map(arrivals::of).toList();
        letters.forEach(letter -> assertThat(fixture.bury(letter)).isNotNull());
        return letters;
    }

    private static List<UUID> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(Arrivals::id).toList();
    }

    private List<String> audit() {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("audit:"))
                .toList();
    }

    private void refuse(Predicate<UUID> refused) {
        fixture.before =
                event -> {
                    if (refused.test(event.orderId())) {
                        throw new IllegalStateException("refused");
                    }
                };
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(InvalidEndpointRequestException.class);
    }
}
