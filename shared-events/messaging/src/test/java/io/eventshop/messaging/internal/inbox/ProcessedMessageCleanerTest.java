package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.shop.Topics;
import io.eventshop.messaging.Subscription;
import io.eventshop.messaging.internal.outbox.TestKafka;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessedMessageCleanerTest {

    private final InboxFixture fixture = new InboxFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_is_older_than_the_retention_is_forgotten_a_bounded_number_at_a_time() {
        var cleaner = cleaner(Map.of(), Subscription.named("c").from(Topics.ORDERS));
        marks(35, "16 days");
        marks(7, "14 days");

        assertThat(cleaner.clean(10, 3, () -> false)).isEqualTo(30);
        assertThat(cleaner.clean(10, 3, () -> false)).isEqualTo(5);
        assertThat(cleaner.clean(10, 3, () -> false)).isZero();
        assertThat(fixture.count("messaging.processed_message")).isEqualTo(7);
    }

    @Test
    void cleaning_a_big_table_uses_its_index() {
        marks(20_000, "1 day");
        fixture.jdbc.execute("analyze messaging.processed_message");

        var plan =
                String.join(
                        "\n",
                        fixture.jdbc.query(
                                """
                                explain select event_id from messaging.processed_message
                                 where processed_at < now() - interval '15 days'
                                 order by processed_at limit 1000
                                """,
                                (row, _) -> row.getString(1)));

        assertThat(plan).contains("processed_message_cleaning");
    }

    @Test
    void a_retention_that_a_record_can_outlive_stops_the_start() {
        var orders = Subscription.named("c").from(Topics.ORDERS);
        var items = Subscription.named("c").from(Topics.ITEMS);
        var short_ = Map.of("eventshop.inbox.processed-retention", "14d");

        assertThatThrownBy(() -> cleaner(short_, orders))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("processed-retention")
                .hasMessageContaining("orders.events");
        assertThatCode(() -> cleaner(short_, items)).doesNotThrowAnyException();
        assertThatCode(() -> cleaner(Map.of(), orders)).doesNotThrowAnyException();
    }

    @Test
    void a_dead_letter_outlives_its_mark() {
        var arrivals = new Arrivals();
        var broken = arrivals.raw("k", it -> {}, "{");
        fixture.receive(broken);
        fixture.jdbc.execute("truncate messaging.processed_message");

        fixture.receive(broken);

        assertThat(fixture.letters(DeadLetter.Status.DEAD)).containsExactly(id(broken));
        assertThat(fixture.counted("duplicates")).isEqualTo(1);
    }

    private ProcessedMessageCleaner cleaner(
            Map<String, String> settings, Subscription<?> subscription) {
        return new ProcessedMessageCleaner(
                fixture.processed,
                InboxFixture.properties(settings),
                new Consumers(Map.of(subscription.name(), subscription)),
                TestKafka.broker("localhost:1"));
    }

    private void marks(int count, String age) {
        int inserted =
                fixture.jdbc.update(
                        """
                        insert into messaging.processed_message
                            (event_id, consumer, topic, position, published_at, processed_at)
                        select uuidv7(), 'c', 't', '0@' || n, now(), now() - ?::interval
                          from generate_series(1, ?) n
                        """,
                        age,
                        count);
        assertThat(inserted).isEqualTo(count);
    }
}
