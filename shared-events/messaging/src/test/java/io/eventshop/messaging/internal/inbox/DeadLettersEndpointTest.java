package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.messaging.internal.inbox.InboxFixture.CONSUMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.messaging.MessagingProperties;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

class DeadLettersEndpointTest {

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();
    private final DeadLettersEndpoint endpoint = endpoint(true);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void it_lists_what_is_open_without_data_and_shows_one_with_data() {
        var broken = arrivals.raw("key-1", it -> {}, "{broken");
        fixture.receive(broken, arrivals.raw("key-1", it -> {}, "{}"));

        var page = endpoint.list();
        var letter = endpoint.show(CONSUMER, id(broken));

        assertThat(page.total()).isEqualTo(2);
        var item = page.items().getFirst();
        assertThat(item.eventId()).isEqualTo(id(broken));
        assertThat(item.key()).isEqualTo("key-1");
        assertThat(item.position()).isEqualTo("orders.events-0@0");
        assertThat(item.firstFailedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(letter)
                .isInstanceOfSatisfying(
                        DeadLettersEndpoint.Letter.class,
                        shown -> assertThat(shown.data()).isEqualTo("{broken"));
        assertThat(endpoint.show(CONSUMER, UUID.randomUUID())).isNull();
    }

    @Test
    void a_letter_can_be_discarded_with_a_reason_and_the_rest_replayed() {
        var order = UUID.randomUUID();
        var broken = arrivals.raw(order.toString(), it -> {}, "{broken");
        var follower = arrivals.of(order);
        fixture.receive(broken, follower);

        var discarded = endpoint.discard(CONSUMER, id(broken), "ann", "a test of the producer");
        var replayed = endpoint.replay(CONSUMER, id(follower), "ann");

        assertThat(discarded.getBody()).isEqualTo(new DeadLetterDesk.Report(1, 1, null));
        assertThat(replayed.getBody()).isEqualTo(new DeadLetterDesk.Report(1, 0, null));
        assertThat(endpoint.list().total()).isZero();
        assertThat(fixture.effects()).containsExactly(id(follower));
    }

    @Test
    void a_letter_of_a_consumer_that_is_gone_can_only_be_discarded() {
        var broken = arrivals.raw("key-1", it -> {}, "{broken");
        fixture.inbox.receive(fixture.subscription("gone"), List.of(broken));

        var replayed = endpoint.replay("gone", id(broken), "ann");
        var discarded = endpoint.discard("gone", id(broken), "ann", "the consumer is gone");

        assertThat(replayed.getBody())
                .isEqualTo(
                        new DeadLetterDesk.Report(
                                0, 1, "this service has no such consumer any more"));
        assertThat(discarded.getBody()).isEqualTo(new DeadLetterDesk.Report(1, 0, null));
    }

    @Test
    void nothing_can_be_changed_unless_that_is_switched_on() {
        var broken = arrivals.raw("key-1", it -> {}, "{broken");
        fixture.receive(broken);
        var readOnly = endpoint(false);

        assertThat(readOnly.replay(CONSUMER, id(broken), "ann").getStatus()).isEqualTo(403);
        assertThat(readOnly.discard(CONSUMER, id(broken), "ann", "why not").getStatus())
                .isEqualTo(403);
        assertThat(readOnly.list().total()).isEqualTo(1);
    }

    @Test
    void who_and_why_have_to_be_said() {
        var id = UUID.randomUUID();

        assertThat(endpoint.replay(CONSUMER, id, "ann").getStatus()).isEqualTo(404);
        assertThatThrownBy(() -> endpoint.replay(CONSUMER, id, "a\nforged line"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.discard(CONSUMER, id, "ann", ""))
                .isInstanceOf(InvalidEndpointRequestException.class);
    }

    private DeadLettersEndpoint endpoint(boolean writeOperations) {
        return new DeadLettersEndpoint(
                fixture.deadLetters,
                fixture.desk,
                new PersonalData(ShopEvents.CATALOG),
                new MessagingProperties(writeOperations, "http://localhost"));
    }
}
