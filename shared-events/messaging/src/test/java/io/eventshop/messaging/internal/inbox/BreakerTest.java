package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What many keys fail of alike is no event's fault.
class BreakerTest {

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();

    @BeforeEach
    void write_to_a_table() {
        fixture.jdbc.execute("drop table if exists item, item_away; create table item (id uuid)");
        fixture.before =
                event -> fixture.jdbc.update("insert into item values (?)", event.orderId());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_consumer_whose_table_is_missing_stops_and_buries_no_more_than_four() {
        var batch = orders(100);
        takeTableAway();

        for (int delivery = 0; delivery < 3; delivery++) {
            assertStops(batch);
        }

        assertThat(fixture.letters(Status.DEAD))
                .containsExactlyElementsOf(ids(batch.subList(0, 4)));
        assertThat(fixture.breaker.health().getStatus().getCode()).isEqualTo("DOWN");
        assertThat(fixture.breaker.health().getDetails().get(InboxFixture.CONSUMER))
                .asString()
                .contains("\"item\" does not exist");
        assertThat(stopped()).isEqualTo(1);
    }

    @Test
    void it_goes_on_by_itself_when_an_event_succeeds_and_skips_none() {
        var batch = orders(20);
        takeTableAway();
        assertStops(batch);
        bringTableBack();

        receive(batch);

        assertThat(fixture.effects())
                .containsExactlyInAnyOrderElementsOf(ids(batch.subList(4, batch.size())));
        assertThat(fixture.breaker.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(stopped()).isZero();
    }

    /// The first that it tries may be poison by itself.
    @Test
    void it_tries_another_key_each_time() {
        var batch = orders(7);
        takeTableAway();
        assertStops(batch);
        bringTableBack();
        var refused = id(batch.get(4));
        var order = new String(batch.get(4).key(), UTF_8);
        fixture.before =
                event -> {
                    if (event.orderId().toString().equals(order)) {
                        throw new IllegalStateException("refused");
                    }
                };
        for (int i = 0; i < batch.size() && fixture.breaker.isOpen(InboxFixture.CONSUMER); i++) {
            try {
                receive(batch);
            } catch (ConsumerStoppedException _) {
                // and comes again
            }
        }

        assertThat(fixture.letters(Status.DEAD)).hasSize(5).endsWith(refused);
        assertThat(fixture.effects()).containsExactlyInAnyOrderElementsOf(ids(batch.subList(5, 7)));
    }

    @Test
    void a_success_in_between_begins_the_count_anew() {
        for (int round = 0; round < 3; round++) {
            takeTableAway();
            receive(orders(4));
            bringTableBack();
            receive(orders(1));
        }

        assertThat(fixture.letters(Status.DEAD)).hasSize(12);
        assertThat(stopped()).isZero();
    }

    @Test
    void another_failure_begins_the_count_anew() {
        takeTableAway();
        receive(orders(4));
        fixture.before =
                _ -> {
                    throw new IllegalStateException("refused");
                };
        receive(orders(4));

        assertThat(fixture.letters(Status.DEAD)).hasSize(8);
        assertThat(stopped()).isZero();
    }

    @Test
    void one_key_that_fails_again_and_again_is_one() {
        takeTableAway();
        var order = UUID.randomUUID();

        receive(IntStream.range(0, 20).mapToObj(_ -> arrivals.of(order)).toList());

        assertThat(fixture.letters(Status.DEAD)).hasSize(1);
        assertThat(stopped()).isZero();
    }

    @Test
    void records_that_cannot_be_read_stop_no_consumer() {
        receive(
                IntStream.range(0, 20)
                        .mapToObj(_ -> arrivals.raw(UUID.randomUUID().toString(), _ -> {}, "{"))
                        .toList());

        assertThat(fixture.letters(Status.DEAD)).hasSize(20);
        assertThat(stopped()).isZero();
    }

    @Test
    void a_consumer_that_has_stopped_is_not_hurried() {
        var settings = InboxFixture.properties(Map.of("eventshop.inbox.probe-interval", "7s"));
        var handler = new RetryPauses(fixture.inbox, fixture.subscription, settings);
        takeTableAway();

        assertThat(handler.handle(orders(10))).contains(Duration.ofSeconds(7));
    }

    private void takeTableAway() {
        fixture.jdbc.execute("alter table item rename to item_away");
    }

    private void bringTableBack() {
        fixture.jdbc.execute("alter table item_away rename to item");
    }

    private List<Delivery> orders(int count) {
        return Stream.generate(() -> arrivals.of(UUID.randomUUID())).limit(count).toList();
    }

    private void receive(List<Delivery> batch) {
        fixture.inbox.receive(fixture.subscription, batch);
    }

    private void assertStops(List<Delivery> batch) {
        assertThatThrownBy(() -> receive(batch)).isInstanceOf(ConsumerStoppedException.class);
    }

    private static List<UUID> ids(List<Delivery> batch) {
        return batch.stream().map(Arrivals::id).toList();
    }

    private double stopped() {
        return fixture.registry
                .get("eventshop.inbox.stopped")
                .tag("consumer", InboxFixture.CONSUMER)
                .gauge()
                .value();
    }
}
