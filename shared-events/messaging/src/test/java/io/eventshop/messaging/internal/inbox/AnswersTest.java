package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.reservations.StockReserved;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.messaging.AfterCommit;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.CannotAcquireLockException;

/// Events that answer events: each once, in the flow of its own cause, and only if what caused it
/// commits.
class AnswersTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID BAD = UUID.randomUUID();

    private final InboxFixture fixture = InboxFixture.tracing();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void close() {
        fixture.close();
    }

    /// As it stands in the outbox.
    record Answer(
            long aggregateVersion,
            String correlationId,
            @Nullable String causationId,
            @Nullable String traceparent) {}

    @Test
    void each_answer_of_a_batch_belongs_to_the_flow_of_its_own_cause() {
        fixture.answers = event -> List.of(fixture.reserved(event));
        var first = traced(ORDER, "flow-1", "4bf92f3577b34da6a3ce929d0e0e4736");
        var second = traced(OTHER, "flow-2", "0af7651916cd43dd8448eb211c80319c");

        fixture.receive(first, second);

        assertThat(answers()).hasSize(2);
        assertBelongsTo(first, answers().getFirst());
        assertBelongsTo(second, answers().getLast());
    }

    private Delivery traced(UUID orderId, String flow, String traceId) {
        return arrivals.with(
                orderId,
                it -> {
                    it.put("correlationid", flow);
                    it.put("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");
                });
    }

    private static void assertBelongsTo(Delivery cause, Answer answer) {
        String traceparent = Objects.requireNonNull(cause.attributes().get("traceparent"));
        assertThat(answer.causationId()).isEqualTo(id(cause).toString());
        assertThat(answer.correlationId()).isEqualTo(cause.attributes().get("correlationid"));
        assertThat(answer.traceparent())
                .startsWith(traceparent.substring(0, 36))
                .isNotEqualTo(traceparent);
    }

    @Test
    void answers_of_one_aggregate_are_numbered_in_the_order_of_their_causes() {
        fixture.answers = event -> List.of(fixture.reserved(event));
        var first = arrivals.of(ORDER);
        var other = arrivals.of(OTHER);
        var second = arrivals.of(ORDER);

        fixture.receive(first, other, second);

        assertThat(answers())
                .extracting(Answer::causationId)
                .containsExactly(id(first).toString(), id(other).toString(), id(second).toString());
        assertThat(answers()).extracting(Answer::aggregateVersion).containsExactly(1L, 1L, 2L);
    }

    @Test
    void a_replayed_dead_letter_publishes_its_answer() {
        fixture.answers = event -> List.of(fixture.reserved(event));
        fixture.before = _ -> refuse(BAD, BAD);
        var poison = arrivals.of(BAD);
        var follower = arrivals.of(BAD);
        fixture.receive(poison, follower);
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(poison));
        assertThat(answers()).isEmpty();
        fixture.before = _ -> {};

        var report = fixture.desk.replay(InboxFixture.CONSUMER, id(poison), "ann");

        assertThat(report).contains(new DeadLetterDesk.Report(2, 0, null));
        assertThat(fixture.letters(Status.REPLAYED)).containsExactly(id(poison), id(follower));
        assertThat(answers())
                .extracting(Answer::causationId)
                .containsExactly(id(poison).toString(), id(follower).toString());
        assertThat(answers()).extracting(Answer::aggregateVersion).containsExactly(1L, 2L);
    }

    @Test
    void an_attempt_that_rolls_back_leaves_neither_answers_nor_its_unit_of_work() {
        var works = new ArrayList<Work>();
        var subscription = working(works, Work::write);
        var first = arrivals.of(ORDER);
        var poison = arrivals.of(BAD);
        var last = arrivals.of(OTHER);

        fixture.inbox.receive(subscription, List.of(first, poison, last));

        assertThat(answers())
                .extracting(Answer::causationId)
                .containsExactly(id(first).toString(), id(last).toString());
        assertThat(answers()).extracting(Answer::aggregateVersion).containsOnly(1L);
        assertThat(fixture.count("reservations")).isEqualTo(2);
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(poison));
        assertThat(works).extracting(work -> work.prepared.size()).containsExactly(3, 1, 1, 1);
        assertThat(works).extracting(work -> work.counters.size()).containsExactly(2, 1, 1, 1);
    }

    @Test
    void a_batch_that_is_repeated_as_a_whole_prepares_anew() {
        var works = new ArrayList<Work>();
        var attempts = new AtomicInteger();
        var subscription =
                working(
                        works,
                        work -> {
                            work.write();
                            if (attempts.incrementAndGet() < 3) {
                                throw new CannotAcquireLockException(
                                        "lost against another transaction");
                            }
                        });
        var first = arrivals.of(ORDER);
        var second = arrivals.of(ORDER);

        fixture.inbox.receive(subscription, List.of(first, second));

        assertThat(works).hasSize(3);
        assertThat(answers()).extracting(Answer::aggregateVersion).containsExactly(1L, 2L);
        assertThat(answers())
                .extracting(Answer::causationId)
                .containsExactly(id(first).toString(), id(second).toString());
    }

    /// A unit of work without a persistence context: counted in memory, written once.
    private final class Work {

        private final List<Event> prepared;
        private final Map<UUID, Long> counters = new LinkedHashMap<>();

        Work(List<Event> prepared) {
            this.prepared = prepared;
        }

        NumberedEvent reserve(UUID orderId) {
            long number = counters.merge(orderId, 1L, Long::sum);
            return new NumberedEvent(new StockReserved(orderId, List.of()), number);
        }

        void write() {
            counters.forEach((orderId, counter) ->
                    fixture.jdbc.update(
                            "insert into reservations values (?, ?)", orderId, counter));
        }
    }

    private Subscription<Work> working(List<Work> works, Consumer<Work> writing) {
        return Subscription.named("workers")
                .from(Topics.ORDERS)
                .prepare(
                        events -> {
                            var work = new Work(events);
                            works.add(work);
                            return work;
                        },
                        writing)
                .on(
                        OrderConfirmed.class,
                        (event, _, work) -> {
                            var answer = work.reserve(event.orderId());
                            refuse(event.orderId(), BAD);
                            return List.of(answer);
                        });
    }

    @Test
    void an_answer_that_its_aggregate_did_not_count_is_its_causes_fault_alone() {
        fixture.answers =
                event ->
                        event.orderId().equals(BAD)
                                ? List.of(new NumberedEvent(new StockReserved(BAD, List.of()), 1))
                                : List.of(fixture.reserved(event));
        var first = arrivals.of(ORDER);
        var poison = arrivals.of(BAD);
        var last = arrivals.of(OTHER);

        fixture.receive(first, poison, last);

        assertThat(fixture.effects()).containsExactly(id(first), id(last));
        assertThat(answers())
                .extracting(Answer::causationId)
                .containsExactly(id(first).toString(), id(last).toString());
        assertThat(
                        fixture.deadLetters
                                .find(InboxFixture.CONSUMER, id(poison))
                                .orElseThrow()
                                .reason())
                .contains("there is no row of it in reservations");
    }

    @Test
    void a_batch_that_has_to_go_event_by_event_is_counted() {
        fixture.receive(arrivals.of(ORDER), arrivals.of(OTHER));
        fixture.before = event -> refuse(event.orderId(), BAD);
        fixture.receive(arrivals.of(BAD));
        assertThat(fixture.counted("failed.batches")).isZero();

        fixture.receive(arrivals.of(ORDER), arrivals.of(UUID.randomUUID()));
        assertThat(fixture.counted("failed.batches")).isZero();
        fixture.before = _ -> refuse(BAD, BAD);
        fixture.receive(arrivals.of(ORDER), arrivals.of(OTHER));

        assertThat(fixture.counted("failed.batches")).isEqualTo(1);
    }

    @Test
    void what_is_told_after_the_commit_is_told_once_however_often_the_batch_is_tried() {
        var told = new ArrayList<String>();
        var attempts = new AtomicInteger();
        fixture.answers = event -> List.of(fixture.reserved(event));
        fixture.before =
                event -> {
                    AfterCommit.run(() -> told.add(MDC.get("eventId")));
                    refuse(event.orderId(), BAD);
                    if (event.orderId().equals(OTHER) && attempts.incrementAndGet() < 3) {
                        throw new CannotAcquireLockException("lost against another transaction");
                    }
                };
        var first = arrivals.of(ORDER);
        var second = arrivals.of(OTHER);
        var poison = arrivals.of(BAD);
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("io.eventshop.messaging.internal.outbox");
        lines.start();
        logger.addAppender(lines);

        try {
            fixture.receive(first, second, poison);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(attempts).hasValueGreaterThanOrEqualTo(3);
        assertThat(told).containsExactly(id(first).toString(), id(second).toString());
        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains(" says StockReserved"))
                .extracting(line -> line.getMDCPropertyMap().get("eventId"))
                .containsExactly(id(first).toString(), id(second).toString());
    }

    private static void refuse(UUID orderId, UUID refused) {
        if (orderId.equals(refused)) {
            throw new IllegalStateException("refused");
        }
    }

    private List<Answer> answers() {
        return fixture.jdbc.query(
                """
                select aggregate_version, correlation_id, causation_id, traceparent
                from messaging.outbox
                order by seq
                """,
                (row, _) ->
                        new Answer(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)));
    }
}
