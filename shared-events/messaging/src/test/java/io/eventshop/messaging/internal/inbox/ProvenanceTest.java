package io.eventshop.messaging.internal.inbox;

import static io.eventshop.contracts.shop.Topics.ORDERS;
import static io.eventshop.contracts.shop.Topics.STOCK;
import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// Sound events that are not what they say they are.
class ProvenanceTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disbelieved")
    void an_event_without_its_provenance_is_a_dead_letter_that_says_why(
            String reason, Delivery record) {
        fixture.receive(record);
        fixture.receive(record);

        assertThat(fixture.effects()).isEmpty();
        assertThat(fixture.letters(Status.DEAD)).containsExactly(record.position().id());
        assertThat(letter(record).reason()).contains(reason).doesNotContain("secret");
        assertThat(fixture.counted("duplicates")).isEqualTo(1);
    }

    /// Its id is another event's, which would be lost as a duplicate.
    @ParameterizedTest(name = "{0}")
    @MethodSource("disbelieved")
    void the_event_whose_id_it_claims_is_applied_before_and_after(String reason, Delivery record) {
        var before = arrivals.of(OTHER);
        var after = arrivals.with(OTHER, it -> it.put("id", id(record).toString()));

        fixture.receive(before, record, after);

        assertThat(fixture.effects()).as(reason).containsExactly(id(before), id(after));
        assertThat(fixture.counted("conflicting")).isZero();
    }

    static Stream<Arguments> disbelieved() {
        var arrivals = new Arrivals();
        var elsewhere = new Arrivals();
        elsewhere.from(STOCK, "0");
        String json = "{\"orderId\":\"%s\"}".formatted(ORDER);
        return Stream.of(
                Arguments.of(
                        "order-confirmed.v1 is not read from stock.events", elsewhere.of(ORDER)),
                with(arrivals, "source is not /order-service", it -> it.put("source", "/secret")),
                with(arrivals, "source is not /order-service", it -> it.remove("source")),
                with(arrivals, "subject is missing", it -> it.remove("subject")),
                with(
                        arrivals,
                        "key is not the attribute subject",
                        it -> it.put("subject", "secret")),
                with(arrivals, "partitionkey is not", it -> it.put("partitionkey", "secret")),
                Arguments.of("key is not the attribute subject", arrivals.raw(null, _ -> {}, json)),
                Arguments.of(
                        "the data is about another order", arrivals.raw("secret", _ -> {}, json)));
    }

    private static Arguments with(
            Arrivals arrivals, String reason, Consumer<Map<String, String>> change) {
        return Arguments.of(reason, arrivals.with(ORDER, change));
    }

    @Test
    void an_event_is_read_from_the_topics_of_all_its_versions() {
        var old = new EventType<>("orders.order-confirmed", "1.0.0", OrderConfirmed.class, STOCK);
        var moved =
                new EventType<>("orders.order-confirmed", "1.1.0", OrderConfirmed.class, ORDERS);
        var onStock = new Arrivals();
        onStock.from(STOCK, "0");

        assertThat(objection(EventCatalog.of(old, moved), arrivals.of(ORDER))).isEmpty();
        assertThat(objection(EventCatalog.of(old), arrivals.of(ORDER))).isPresent();
        assertThat(
                        objection(
                                EventCatalog.of(old, moved),
                                onStock.with(ORDER, it -> it.put("source", STOCK.source()))))
                .isEmpty();
    }

    private static Optional<String> objection(EventCatalog catalog, Delivery record) {
        return Provenance.objection(catalog, record, record.attributes(), ORDER.toString());
    }

    /// A dead letter keeps no longer key than an index takes.
    @Test
    void the_key_of_a_letter_with_a_long_id_is_still_its_own() {
        String id = "k".repeat(1000);
        var letter = Sequence.of("any", arrivals.raw(id, _ -> {}, "{}"), UUID.randomUUID());

        assertThat(Sequence.isKeyOf(id, id.getBytes(UTF_8))).isTrue();
        assertThat(Sequence.isKeyOf(id, letter.key())).isTrue();
        assertThat(Sequence.isKeyOf(id + "k", letter.key())).isFalse();
        assertThat(Sequence.isKeyOf(id, null)).isFalse();
    }

    @Test
    void the_partition_key_may_be_there_or_not() {
        var there = arrivals.with(ORDER, it -> it.put("partitionkey", ORDER.toString()));
        var notThere = arrivals.of(ORDER);

        fixture.receive(there, notThere);

        assertThat(fixture.effects()).containsExactly(id(there), id(notThere));
    }

    @Test
    void a_type_that_is_not_handled_is_ignored_wherever_it_lies() {
        arrivals.from(STOCK, "0");
        var unknown = arrivals.with(ORDER, it -> it.put("type", "org.eventshop.orders.praised.v1"));

        fixture.receive(unknown);

        assertThat(fixture.counted("ignored")).isEqualTo(1);
        assertThat(fixture.count("messaging.dead_letter")).isZero();
    }

    /// An upgrade may give a topic another owner.
    @Test
    void a_letter_that_is_believed_later_is_applied_once_under_its_own_id() {
        var early = arrivals.with(ORDER, it -> it.put("source", "/elsewhere"));
        fixture.receive(early);
        believe(early);

        var report = replay(early);
        fixture.receive(arrivals.with(ORDER, it -> it.put("id", id(early).toString())));

        assertThat(report).isEqualTo(new DeadLetterDesk.Report(1, 0, null));
        assertThat(fixture.effects()).containsExactly(id(early));
        assertThat(fixture.counted("duplicates")).isEqualTo(1);
    }

    @Test
    void a_letter_whose_event_was_applied_under_its_own_id_is_not_applied_again() {
        var claimed = arrivals.of(OTHER);
        var early =
                arrivals.with(
                        ORDER,
                        it -> {
                            it.put("id", id(claimed).toString());
                            it.put("source", "/elsewhere");
                        });
        fixture.receive(early, claimed);
        believe(early);

        var report = replay(early);

        assertThat(report).isEqualTo(new DeadLetterDesk.Report(1, 0, null));
        assertThat(fixture.effects()).containsExactly(id(claimed));
    }

    private void believe(Delivery disbelieved) {
        int _ =
                fixture.jdbc.update(
                        """
                        update messaging.dead_letter
                        set attributes = cast(replace(
                            cast(attributes as text), '/elsewhere', '/order-service') as json)
                        where event_id = ?
                        """,
                        disbelieved.position().id());
    }

    private DeadLetterDesk.Report replay(Delivery record) {
        return fixture.desk
                .replay(InboxFixture.CONSUMER, record.position().id(), "ann")
                .orElseThrow();
    }

    private DeadLetter letter(Delivery record) {
        return fixture.deadLetters
                .find(InboxFixture.CONSUMER, record.position().id())
                .orElseThrow();
    }

    @Test
    void a_duplicate_under_another_key_is_counted_apart_and_both_positions_are_logged() {
        var event = arrivals.of(ORDER);
        arrivals.from(ORDERS, "4");
        var forged = arrivals.with(OTHER, it -> it.put("id", id(event).toString()));

        var lines = linesOf(() -> fixture.receive(event, forged, event));

        assertThat(fixture.effects()).containsExactly(id(event));
        assertThat(fixture.counted("conflicting")).isEqualTo(1);
        assertThat(fixture.counted("duplicates")).isEqualTo(1);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("orders.events-0@0", "orders.events-4@1", id(event).toString());
    }

    @Test
    void a_duplicate_on_another_topic_is_counted_apart() {
        var event = arrivals.of(ORDER);
        fixture.receive(event);
        moveMark("processed_message");

        fixture.receive(event);

        assertThat(fixture.counted("conflicting")).isEqualTo(1);
        assertThat(fixture.counted("duplicates")).isZero();
    }

    @Test
    void a_dead_letter_whose_mark_is_forgotten_tells_a_conflict_as_well() {
        var broken = arrivals.raw(ORDER.toString(), _ -> {}, "{");
        fixture.receive(broken);
        fixture.jdbc.execute("truncate messaging.processed_message");
        fixture.receive(broken);
        moveMark("dead_letter");

        fixture.receive(broken);

        assertThat(fixture.counted("duplicates")).isEqualTo(1);
        assertThat(fixture.counted("conflicting")).isEqualTo(1);
    }

    private void moveMark(String table) {
        fixture.jdbc.execute("update messaging.%s set topic = 'old.events'".formatted(table));
    }

    private static List<String> linesOf(Runnable work) {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(BatchTransaction.class);
        lines.start();
        logger.addAppender(lines);
        try {
            work.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
