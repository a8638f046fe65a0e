package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.Correlation;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that nobody promised to be sound.
class UnreadableTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final String SOUND = "{\"orderId\":\"%s\"}";

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void each_becomes_a_dead_letter_and_stops_no_other_key() {
        var batch = unreadable().map(Arguments::get).map(given -> (Delivery) given[1]).toList();
        var sound = arrivals.of(ORDER);

        fixture.inbox.receive(fixture.subscription, batch);
        fixture.receive(sound);

        assertThat(fixture.letters(Status.DEAD)).hasSameSizeAs(batch);
        assertThat(fixture.counted("dead")).isEqualTo(batch.size());
        assertThat(fixture.effects()).containsExactly(id(sound));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void the_letter_says_why_and_keeps_the_record(String reason, Delivery record) {
        fixture.receive(record);
        fixture.receive(record);

        assertThat(fixture.letters(Status.DEAD)).hasSize(1);
        var letter =
                fixture.deadLetters
                        .find(InboxFixture.CONSUMER, fixture.letters(Status.DEAD).getFirst())
                        .orElseThrow();
        assertThat(letter.reason()).contains(reason);
        assertThat(letter.delivery().attributes()).isEqualTo(record.attributes());
        assertThat(letter.delivery().value()).isEqualTo(record.value());
        assertThat(fixture.counted("duplicates")).isEqualTo(1);
    }

    static Stream<Arguments> unreadable() {
        var arrivals = new Arrivals();
        return Stream.of(
                record(arrivals, "id is missing", it -> it.remove("id"), SOUND),
                record(arrivals, "id is not a UUID", it -> it.put("id", "7\0"), SOUND),
                record(arrivals, "type is missing", it -> it.remove("type"), SOUND),
                record(arrivals, "type is missing", Map::clear, SOUND),
                record(arrivals, "time is not", it -> it.put("time", "yesterday"), SOUND),
                record(arrivals, "aggregateversion", it -> it.remove("aggregateversion"), SOUND),
                record(
                        arrivals,
                        "aggregateversion is not between",
                        it -> it.put("aggregateversion", Long.toString(Long.MAX_VALUE)),
                        SOUND),
                record(
                        arrivals,
                        "unknown type or major version",
                        it -> it.put("type", "org.eventshop.orders.order-confirmed.v9"),
                        SOUND),
                record(arrivals, "does not fit", it -> {}, "{\"orderId\":"),
                record(arrivals, "does not fit", it -> {}, "{}"),
                record(arrivals, "does not fit", it -> {}, "<order/>"),
                record(arrivals, "does not fit", it -> {}, ""),
                record(arrivals, "does not fit", it -> {}, "x".repeat(2_000_000)),
                record(arrivals, "does not fit", it -> {}, "[".repeat(100_000)),
                record(
                        arrivals,
                        "content type",
                        it -> it.put("content-type", "application/cloudevents+avro"),
                        SOUND),
                record(
                        arrivals,
                        "broken JSON",
                        it -> it.put("content-type", "application/cloudevents+json"),
                        "{"),
                Arguments.of("no value", arrivals.raw("null value", it -> {}, null)));
    }

    private static Arguments record(
            Arrivals arrivals, String reason, Consumer<Map<String, String>> change, String value) {
        var order = UUID.randomUUID();
        return Arguments.of(reason, arrivals.raw(order.toString(), change, value.formatted(order)));
    }

    @Test
    void an_unknown_type_is_ignored_and_counted() {
        var unknown =
                arrivals.with(ORDER, it -> it.put("type", "org.eventshop.orders.order-praised.v1"));
        var unhandled =
                arrivals.with(ORDER, it -> it.put("type", "org.eventshop.orders.order-placed.v7"));
        var sound = arrivals.of(ORDER);

        fixture.receive(unknown, unhandled, sound);

        assertThat(fixture.effects()).containsExactly(id(sound));
        assertThat(fixture.counted("ignored")).isEqualTo(2);
        assertThat(fixture.count("messaging.dead_letter")).isZero();
    }

    @Test
    void structured_mode_is_read() {
        var id = UUID.randomUUID();
        String event =
                """
                {"specversion":"1.0","id":"%s","source":"/order-service","type":"%s","subject":"%s",
                 "time":"2026-01-01T00:00:00Z","aggregateversion":"1","data":%s}
                """
                        .formatted(id, Arrivals.CONFIRMED, ORDER, SOUND.formatted(ORDER));
        var record =
                arrivals.raw(
                        ORDER.toString(),
                        headers -> {
                            headers.clear();
                            headers.put("content-type", "application/cloudevents+json");
                        },
                        event);

        fixture.receive(record);

        assertThat(fixture.effects()).containsExactly(id);
    }

    @Test
    void later_events_wait_behind_one_that_cannot_be_read() {
        var broken = arrivals.raw(ORDER.toString(), it -> {}, "{");
        var follower = arrivals.of(ORDER);

        fixture.receive(broken, follower);

        assertThat(fixture.letters(Status.PARKED)).containsExactly(id(follower));
        assertThat(fixture.effects()).isEmpty();
    }

    @Test
    void records_without_a_key_do_not_wait_for_each_other() {
        String sound = SOUND.formatted(ORDER);
        fixture.receive(arrivals.raw(null, it -> {}, sound), arrivals.raw(null, it -> {}, sound));

        assertThat(fixture.letters(Status.DEAD)).hasSize(2);
        assertThat(fixture.effects()).isEmpty();
    }

    @Test
    void a_key_of_any_length_can_be_blocked() {
        String key = "k".repeat(100_000);
        var broken = arrivals.raw(key, it -> {}, "{");
        var follower = arrivals.raw(key, it -> {}, "{");

        fixture.receive(broken, follower);

        assertThat(fixture.letters(Status.PARKED)).containsExactly(id(follower));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-999999999-01-01T00:00:00Z",
                "1700-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z"
            })
    void a_time_that_no_timer_can_count_from_stops_nothing(String time) {
        var event = arrivals.with(ORDER, it -> it.put("time", time));

        fixture.receive(event);

        assertThat(fixture.effects()).containsExactly(id(event));
    }

    /// The handler's own events inherit it, and their rows would be refused.
    @Test
    void a_correlation_id_that_no_column_takes_stops_nothing() {
        fixture.before =
                _ -> {
                    var correlation = Correlation.current().orElseThrow().correlationId();
                    assertThat(fixture.jdbc.queryForObject("select ?", String.class, correlation))
                            .isEqualTo(correlation);
                };
        var event = arrivals.with(ORDER, it -> it.put("correlationid", "a\0b"));

        fixture.receive(event);

        assertThat(fixture.effects()).containsExactly(id(event));
    }
}
