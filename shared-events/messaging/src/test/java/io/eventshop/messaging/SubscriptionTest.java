package io.eventshop.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.NumberedEvent;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderRejected;
import io.eventshop.contracts.shop.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final OrderConfirmed CONFIRMED = new OrderConfirmed(UUID.randomUUID());
    private static final EventMetadata METADATA =
            new EventMetadata(
                    UUID.randomUUID(), "/s", "t", "d", "s", Instant.EPOCH, 1, "c", null, null);

    @Test
    void a_unit_of_work_that_nobody_prepares_is_the_events() {
        var prepared = new ArrayList<Event>();
        var subscription =
                Subscription.named("c")
                        .on(
                                OrderConfirmed.class,
                                (_, _, events) -> {
                                    prepared.addAll(events);
                                    return List.of();
                                });

        var events = subscription.preparation().apply(List.of(CONFIRMED));
        var answers = subscription.handle(CONFIRMED, METADATA, events);

        assertThat(prepared).containsExactly(CONFIRMED);
        assertThat(answers).isEmpty();
    }

    @Test
    void every_handler_gets_what_was_prepared_and_its_answer_is_returned() {
        var answer = new NumberedEvent(CONFIRMED, 3);
        var written = new ArrayList<String>();
        var subscription =
                Subscription.named("c")
                        .from(Topics.ORDERS)
                        .prepare(
                                events -> "unit of " + events.size(),
                                unit -> written.add("write " + unit))
                        .on(
                                OrderConfirmed.class,
                                (_, _, unit) -> {
                                    written.add("on " + unit);
                                    return List.of(answer);
                                });

        var prepared = subscription.preparation().apply(List.of(CONFIRMED));
        var answers = subscription.handle(CONFIRMED, METADATA, prepared);
        subscription.writing().accept(prepared);

        assertThat(answers).containsExactly(answer);
        assertThat(written).containsExactly("on unit of 1", "write unit of 1");
        assertThat(subscription.topics()).containsExactly(Topics.ORDERS);
    }

    @Test
    void a_preparation_after_a_handler_of_another_unit_of_work_is_refused() {
        var handling = Subscription.named("c").on(OrderConfirmed.class, (_, _, _) -> List.of());

        assertThatIllegalStateException()
                .isThrownBy(() -> handling.prepare(List::size))
                .withMessage("c has handlers of another unit of work");
    }

    @Test
    void an_event_has_one_handler() {
        var handling = Subscription.named("c").on(OrderConfirmed.class, (_, _, _) -> List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> handling.on(OrderConfirmed.class, (_, _, _) -> List.of()))
                .withMessage("c handles OrderConfirmed already");
    }

    @Test
    void an_event_without_a_handler_is_refused() {
        var handling = Subscription.named("c").on(OrderRejected.class, (_, _, _) -> List.of());

        assertThat(handling.events()).containsExactly(OrderRejected.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> handling.handle(CONFIRMED, METADATA, List.of()))
                .withMessage("c has no handler for OrderConfirmed");
    }
}
