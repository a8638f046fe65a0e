package io.eventshop.proof.check;

import static io.eventshop.proof.check.PaperShop.CONFIRMED;
import static io.eventshop.proof.check.PaperShop.NOON;
import static io.eventshop.proof.check.PaperShop.ORDER;
import static io.eventshop.proof.check.PaperShop.PLACED;
import static io.eventshop.proof.check.PaperShop.RESERVED;
import static io.eventshop.proof.check.PaperShop.id;
import static io.eventshop.proof.check.PaperShop.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Position;
import io.eventshop.proof.check.Tables.ItemRow;
import io.eventshop.proof.check.Tables.NotificationRow;
import io.eventshop.proof.check.Tables.OrderRow;
import io.eventshop.proof.check.Tables.ReservationRow;
import io.eventshop.proof.check.Tables.Step;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Each promise, and the smallest thing that breaks it. That real mistakes are found in real shops
/// is for the seeded bugs of `system-tests` to show.
class ChecksTest {

    private final PaperShop shop = new PaperShop();

    @Test
    void a_faultless_shop_has_no_finding() {
        assertThat(shop.violations()).isEmpty();
    }

    @Test
    void an_accepted_order_that_is_nowhere_is_lost() {
        shop.history.orderAsked("other", "ada", "ada@example.test", Map.of("MOUSE-1", 1));
        shop.history.orderAnswered("other", 202, id(99), "PENDING");

        assertThat(shop.violations()).containsOnly(Map.entry(1, 1));
    }

    @Test
    void an_order_is_what_was_asked_for() {
        shop.orders.put(ORDER, new OrderRow(ORDER, "eve", "CONFIRMED", NOON, 2, "MOUSE-1=2"));

        assertThat(shop.violations()).containsKey(1);
    }

    @Test
    void an_order_that_has_no_end_is_found() {
        shop.order("PENDING", 1);
        shop.steps.removeLast();
        shop.records.removeLast();
        shop.notifications.clear();
        shop.mails.clear();

        assertThat(shop.violations()).containsOnly(Map.entry(1, 1));
    }

    @Test
    void a_confirmed_order_is_cancelled_by_nobody_who_was_not_asked_to() {
        shop.order("CANCELLED", 3);
        shop.steps.add(
                new Step(ORDER, 3, "CANCELLED", "STOCK_UNANSWERED", NOON.plusSeconds(3), id(8)));

        assertThat(shop.violations()).containsKey(1);
    }

    @Test
    void an_order_ends_within_a_minute_after_the_last_fault() {
        shop.steps.set(1, new Step(ORDER, 2, "CONFIRMED", null, NOON.plusSeconds(61), CONFIRMED));

        assertThat(shop.violations()).containsOnly(Map.entry(1, 1));
    }

    @Test
    void an_order_that_waited_for_a_part_may_have_taken_its_time() {
        shop.steps.set(1, new Step(ORDER, 2, "CONFIRMED", null, NOON.plusSeconds(61), CONFIRMED));

        shop.disturbedUntil = NOON.plusSeconds(1);

        assertThat(shop.violations()).isEmpty();
    }

    @Test
    void what_an_item_holds_is_what_open_reservations_say() {
        shop.items.put("MOUSE-1", new ItemRow("MOUSE-1", 10, 3, 2));

        assertThat(shop.violations()).containsOnly(Map.entry(2, 1));
    }

    @Test
    void what_an_item_has_is_what_was_received() {
        shop.items.put("MOUSE-1", new ItemRow("MOUSE-1", 9, 2, 2));

        assertThat(shop.violations()).containsOnly(Map.entry(2, 1));
    }

    @Test
    void an_end_that_nobody_was_told_of_is_found() {
        shop.notifications.clear();
        shop.mails.clear();

        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));
    }

    @Test
    void an_end_is_told_once_and_to_the_customer() {
        shop.mail(id(9), "ada@example.test");
        shop.notifications.add(
                new NotificationRow(
                        id(9),
                        CONFIRMED,
                        "ORDER_CONFIRMED",
                        ORDER.toString(),
                        "eve",
                        "SENT",
                        false));
        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));

        shop.notifications.removeFirst();
        shop.mails.removeFirst();
        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));
    }

    @Test
    void a_mail_that_counts_as_sent_has_arrived() {
        shop.mails.clear();

        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));
    }

    /// Whatever is written down, and also if it is the second copy.
    @Test
    void a_mail_that_went_to_somebody_else_is_found() {
        shop.mail(id(5), "Ada@example.test");

        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));
    }

    @Test
    void a_mail_that_a_crash_has_doubled_is_no_finding() {
        shop.mail(id(5), "ada@example.test");

        assertThat(shop.violations()).isEmpty();
    }

    @Test
    void a_mail_of_nobody_is_found() {
        shop.mail(id(77), "ada@example.test");

        assertThat(shop.violations()).containsOnly(Map.entry(3, 1));
    }

    @Test
    void a_committed_event_that_is_not_in_its_topic_is_found() {
        shop.records.removeIf(record -> record.id().equals(RESERVED.toString()));

        assertThat(shop.violations()).containsOnly(Map.entry(4, 1));
    }

    @Test
    void an_event_of_no_transaction_is_found() {
        shop.publish("orders.events", ORDER.toString(), id(10), "order-cancelled", 3, "");
        shop.marks("mails").put(id(10), NOON);
        shop.marks("reservations").put(id(10), NOON);

        assertThat(shop.violations()).containsOnly(Map.entry(4, 1));
    }

    /// The statement of the outbox cannot see it: what was counted first is left out alone.
    @Test
    void an_event_that_was_counted_and_left_out_is_a_hole() {
        shop.reservations.put(ORDER, new ReservationRow(ORDER, "RELEASED", 2, "MOUSE-1=2"));
        shop.items.put("MOUSE-1", new ItemRow("MOUSE-1", 10, 0, 2));

        assertThat(shop.violations()).containsEntry(4, 1);
    }

    /// Nor that: an event goes out under the number of the one before.
    @Test
    void a_number_that_is_given_twice_is_found() {
        shop.publish(
                "reservations.events",
                ORDER.toString(),
                id(13),
                "stock-reserved",
                1,
                "MOUSE-1=2",
                PLACED);
        shop.marks("order-saga").put(id(13), NOON);

        assertThat(shop.violations()).containsKey(4);
    }

    @Test
    void an_event_of_an_aggregate_that_did_not_count_it_is_found() {
        shop.publish(
                "reservations.events", id(14).toString(), id(13), "stock-released", 2, "", id(15));
        shop.marks("order-saga").put(id(13), NOON);

        assertThat(shop.violations()).containsOnly(Map.entry(4, 1));
    }

    @Test
    void an_answer_to_nothing_is_found() {
        shop.reservations.put(ORDER, new ReservationRow(ORDER, "RELEASED", 2, "MOUSE-1=2"));
        shop.items.put("MOUSE-1", new ItemRow("MOUSE-1", 10, 0, 2));
        shop.publish(
                "reservations.events", ORDER.toString(), id(13), "stock-released", 2, "MOUSE-1=2");
        shop.marks("order-saga").put(id(13), NOON);

        assertThat(shop.violations()).containsEntry(4, 1);
    }

    @Test
    void an_answer_of_another_flow_than_its_cause_is_found() {
        TopicRecord answer = shop.record(RESERVED);
        shop.records.set(
                shop.records.indexOf(answer),
                copy(answer, answer.position(), "another flow", answer.digest()));

        // Of what it answers, and of what answers it.
        assertThat(shop.violations()).containsOnly(Map.entry(4, 2));
    }

    @Test
    void a_key_keeps_its_order() {
        Collections.swap(shop.records, 2, 4);

        assertThat(shop.violations()).containsOnly(Map.entry(4, 1));
    }

    @Test
    void a_duplicate_is_counted_and_no_finding_unless_it_is_another_record() {
        TopicRecord record = shop.record(PLACED);
        shop.records.add(record);
        assertThat(shop.violations()).isEmpty();

        shop.records.add(
                copy(
                        record,
                        new Position("orders.events", "0", "99"),
                        record.correlation(),
                        "another digest"));
        assertThat(shop.violations()).containsOnly(Map.entry(4, 1));
    }

    @Test
    void one_key_is_one_order() {
        shop.history.orderAnswered("key", 202, id(11), "PENDING");

        assertThat(shop.violations()).containsKey(5);
    }

    @Test
    void an_order_of_no_request_is_one_too_many() {
        UUID second = id(12);
        shop.orders.put(second, new OrderRow(second, "ada", "PENDING", NOON, 1, "MOUSE-1=2"));

        assertThat(shop.violations()).containsEntry(5, 1);
    }

    @Test
    void a_dead_letter_is_a_finding_unless_it_was_put_there() {
        shop.deadLetter(RESERVED, "order-saga");
        assertThat(shop.violations()).containsOnly(Map.entry(7, 1));

        shop.history.recordInjected(shop.record(RESERVED).position(), "poison");
        assertThat(shop.violations()).doesNotContainKey(7);
    }

    @Test
    void poison_that_is_in_no_dead_letter_was_thrown_away() {
        shop.history.recordInjected(new Position("orders.events", "5", "17"), "poison");

        assertThat(shop.violations()).containsOnly(Map.entry(7, 1));
    }

    @Test
    void an_event_without_a_mark_was_never_dealt_with() {
        shop.marks("mails").clear();

        assertThat(shop.violations()).containsOnly(Map.entry(7, 2));
    }

    @Test
    void nothing_is_applied_before_a_dead_letter_of_its_key() {
        shop.deadLetter(PLACED, "mails");

        assertThat(shop.violations()).containsOnly(Map.entry(7, 2));
    }

    /// The tables are read after the topics.
    @Test
    void a_letter_of_an_event_that_came_after_the_topics_were_read_accuses_no_other() {
        shop.deadLetter(PLACED, "mails", new Position("orders.events", "0", "99"));

        assertThat(shop.violations()).containsOnly(Map.entry(7, 1));
    }

    @Test
    void an_order_without_a_history_is_no_order() {
        shop.steps.clear();
        shop.steps.add(step(2, "CONFIRMED", CONFIRMED));

        assertThat(shop.violations()).containsKey(1);
        assertThat(List.copyOf(shop.violations().keySet())).contains(4);
    }

    private static TopicRecord copy(
            TopicRecord record, Position position, String correlation, String digest) {
        return new TopicRecord(
                position,
                record.key(),
                record.id(),
                record.type(),
                record.version(),
                correlation,
                record.causation(),
                digest,
                record.content(),
                record.email());
    }
}
