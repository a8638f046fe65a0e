package io.eventshop.proof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.shop.HistoryEntry.OrderAnswered;
import io.eventshop.proof.shop.HistoryEntry.OrderAsked;
import io.eventshop.proof.shop.HistoryEntry.RecordInjected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("history.jsonl");
    }

    @Test
    void what_one_process_has_noted_the_next_one_goes_on_from() throws IOException {
        var order = UUID.randomUUID();
        try (var history = History.in(file, CLOCK)) {
            history.orderAsked("key-1", "ada", "ada@example.test", Map.of("MOUSE-1", 2));
            history.orderUnknown("key-1", "time-out");
            history.orderAnswered("key-1", 202, order, "PENDING");
            history.cancellationAsked(order);
            history.cancellationAnswered(order, 200);
            history.recordInjected(new Position("orders.events", "3", "7"), "poison");
            history.faultEnded(history.faultBegan("kill", "kafka"));
        }

        try (var history = History.in(file, CLOCK)) {
            assertThat(history.entries()).hasSize(8);
            assertThat(history.entries())
                    .contains(
                            new OrderAsked(
                                    NOON,
                                    "key-1",
                                    "key-1",
                                    "ada",
                                    "ada@example.test",
                                    Map.of("MOUSE-1", 2)),
                            new OrderAnswered(NOON, "key-1", 202, order, "PENDING"));
            history.orderUnknown("key-2", "time-out");
        }
        assertThat(History.of(file, CLOCK).entries()).hasSize(9);
    }

    @Test
    void a_place_that_was_noted_as_numbers_is_read_as_texts() throws IOException {
        Files.writeString(
                file,
                """
                {"what":"record-injected","at":"%s","topic":"orders.events","partition":3,\
                "offset":7,"why":"poison"}
                """
                        .formatted(NOON));

        assertThat(History.of(file, CLOCK).entries())
                .isEqualTo(List.of(new RecordInjected(NOON, "orders.events", "3", "7", "poison")));
    }

    @Test
    void a_line_that_a_crash_has_cut_off_is_left_out() throws IOException {
        try (var history = History.in(file, CLOCK)) {
            history.orderUnknown("key-1", "time-out");
        }
        Files.writeString(file, "{\"what\":\"order-unk", StandardOpenOption.APPEND);

        try (var history = History.in(file, CLOCK)) {
            history.orderUnknown("key-2", "time-out");
        }

        assertThat(History.of(file, CLOCK).entries()).hasSize(2);
    }

    @Test
    void a_broken_line_in_the_middle_is_no_history() throws IOException {
        Files.writeString(file, "nonsense\n{}\n");

        assertThatThrownBy(() -> History.in(file, CLOCK)).hasMessageContaining("line 1");
    }

    @Test
    void recovery_counts_to_the_answer_of_a_request_that_was_sent_after_the_fault() {
        var clock = new TestClock();
        var history = History.inMemory(clock);
        var kill = history.faultBegan("kill", "kafka");
        history.orderAsked("early", "ada", "a@example.test", Map.of());
        clock.advance(Duration.ofSeconds(5));
        history.faultEnded(kill);
        clock.advance(Duration.ofSeconds(1));
        history.orderAnswered("early", 202, UUID.randomUUID(), "PENDING");
        history.orderAsked("late", "ada", "a@example.test", Map.of());
        clock.advance(Duration.ofSeconds(2));
        history.orderAnswered("late", 202, UUID.randomUUID(), "PENDING");

        assertThat(Recoveries.of(history.entries()))
                .containsExactly(
                        new Recovery(
                                "kill", "kafka", Duration.ofSeconds(5), Duration.ofSeconds(3)));
    }

    private static final class TestClock extends Clock {

        private Instant now = NOON;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
