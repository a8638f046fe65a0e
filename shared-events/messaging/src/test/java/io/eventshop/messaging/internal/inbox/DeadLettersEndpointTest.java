package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static io.eventshop.messaging.internal.inbox.InboxFixture.CONSUMER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.eventshop.messaging.transport.Delivery;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

class DeadLettersEndpointTest {

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();
    private final DeadLettersEndpoint endpoint = fixture.endpoint(true);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void it_lists_what_is_open_without_data_and_shows_one_with_data() {
        var broken = arrivals.raw("key-1", it -> {}, "{broken");
        fixture.receive(broken, arrivals.raw("key-1", it -> {}, "{}"));

        var page = open(endpoint);
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
        assertThat(open(endpoint).total()).isZero();
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
        var readOnly = fixture.endpoint(false);

        assertThat(readOnly.replay(CONSUMER, id(broken), "ann").getStatus()).isEqualTo(403);
        assertThat(readOnly.discard(CONSUMER, id(broken), "ann", "why not").getStatus())
                .isEqualTo(403);
        assertThat(readOnly.replayAll(CONSUMER, "ann", null, null, true, null).getStatus())
                .isEqualTo(403);
        assertThat(
                        readOnly.discardAll(CONSUMER, "ann", "why not", null, null, true, null)
                                .getStatus())
                .isEqualTo(403);
        assertThat(open(readOnly).total()).isEqualTo(1);
    }

    @Test
    void letters_are_listed_by_page_in_their_order() {
        var letters =
                Stream.generate(() -> arrivals.raw(null, _ -> {}, "{broken")).limit(5).toList();
        letters.forEach(fixture::receive);

        var first = endpoint.list(null, null, null, null, null, 2);
        var second = endpoint.list(null, null, null, null, first.next(), 2);
        var last = endpoint.list(null, null, null, null, second.next(), 2);

        assertThat(List.of(first.total(), second.total(), last.total())).containsOnly(5);
        assertThat(Stream.of(first, second, last).flatMap(page -> page.items().stream()))
                .extracting(DeadLettersEndpoint.Item::eventId)
                .containsExactlyElementsOf(letters.stream().map(it -> it.position().id()).toList());
        assertThat(last.next()).isNull();
    }

    @Test
    void the_list_has_filters() {
        var broken = arrivals.raw("key-1", _ -> {}, "{broken");
        var follower = arrivals.raw("key-1", _ -> {}, "{}");
        var other = arrivals.raw("key-2", it -> it.remove("time"), "{}");
        fixture.receive(broken, follower, other);
        fixture.inbox.receive(fixture.subscription("gone"), List.of(other));
        var fingerprint = open(endpoint).items().getFirst().fingerprint();

        assertThat(listed(null, fingerprint, null, "DEAD"))
                .contains(id(broken))
                .doesNotContain(id(follower));
        assertThat(listed(CONSUMER, null, "key-1", null)).containsExactly(id(broken), id(follower));
        assertThat(listed(null, null, null, "PARKED")).containsExactly(id(follower));
        assertThat(listed(null, null, "key-2", null)).containsExactly(id(other), id(other));
        assertThat(listed("gone", null, null, null)).containsExactly(id(other));
        assertThat(listed("gone", null, "key-1", null)).isEmpty();
        assertThat(listed("placements", null, null, null)).isEmpty();
    }

    private List<UUID> listed(
            @Nullable String consumer,
            @Nullable String fingerprint,
            @Nullable String key,
            @Nullable String status) {
        var page = endpoint.list(consumer, fingerprint, key, status, null, null);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(DeadLettersEndpoint.Item::eventId).toList();
    }

    @Test
    void a_filter_that_can_match_nothing_is_refused() {
        assertRefused(() -> endpoint.list("nobody", null, null, null, null, null));
        assertRefused(() -> endpoint.list("a\0b", null, null, null, null, null));
        assertRefused(() -> endpoint.list(null, "a\nb", null, null, null, null));
        assertRefused(() -> endpoint.list(null, null, "0xq", null, null, null));
        assertRefused(() -> endpoint.list(null, null, null, "REPLAYED", null, null));
        assertRefused(() -> endpoint.list(null, null, null, "', '", null, null));
        assertRefused(() -> endpoint.list(null, null, null, null, null, 0));
        assertRefused(() -> endpoint.list(null, null, null, null, null, 201));
    }

    private static void assertRefused(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(InvalidEndpointRequestException.class);
    }

    @Test
    void a_key_that_is_no_text_is_listed_by_its_bytes_and_found_by_them() {
        var sound = arrivals.raw("0xff", _ -> {}, "{broken");
        var delivery =
                new Delivery(
                        Arrivals.attributes(null),
                        new byte[] {(byte) 0xff, 0},
                        "{broken".getBytes(UTF_8),
                        sound.position(),
                        Instant.now());
        fixture.receive(sound, delivery);

        var keys = open(endpoint).items().stream().map(DeadLettersEndpoint.Item::key).toList();

        assertThat(keys).containsExactly("0x30786666", "0xff00");
        assertThat(listed(null, null, keys.getFirst(), null)).containsExactly(id(sound));
        assertThat(listed(null, null, keys.getLast(), null))
                .containsExactly(delivery.position().id());
    }

    /// Ninety of them ended a service with a heap of 256 MB.
    @Test
    void the_list_loads_no_data_and_no_headers() {
        var large = "x".repeat(1_000_000);
        var letters =
                Stream.generate(() -> arrivals.raw(null, it -> it.put("large", large), "{" + large))
                        .limit(20)
                        .toList();
        letters.forEach(fixture::receive);
        assertThat(open(endpoint).items()).hasSize(20);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        var page = open(endpoint);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(page.items())
                .hasSize(20)
                .extracting(DeadLettersEndpoint.Item::type)
                .containsOnly(Arrivals.CONFIRMED);
        assertThat(allocated).isPositive().isLessThan(4_000_000); // 40 MB and more with them
    }

    /// PostgreSQL holds the first of them, and fails where it is to read it as JSON.
    @Test
    void strange_headers_hide_no_letter_and_forge_no_type() {
        fixture.receive(
                arrivals.raw("key-1", it -> it.put("a", "\0"), "{broken"),
                arrivals.raw("key-2", it -> it.put("a", ",\"type\":\"forged\""), "{broken"),
                arrivals.raw("key-3", it -> it.put("a,\"type", "forged"), "{broken"));

        assertThat(open(endpoint).items())
                .hasSize(3)
                .extracting(DeadLettersEndpoint.Item::type)
                .containsOnly(Arrivals.CONFIRMED);
    }

    @Test
    void who_and_why_have_to_be_said() {
        var id = UUID.randomUUID();

        assertThat(endpoint.replay(CONSUMER, id, "ann").getStatus()).isEqualTo(404);
        assertThatThrownBy(() -> endpoint.replay(CONSUMER, id, "a\nforged line"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.discard(CONSUMER, id, "ann", ""))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.replay("a\nforged line", id, "ann"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.show("a\0b", id))
                .isInstanceOf(InvalidEndpointRequestException.class);
    }

    private static DeadLettersEndpoint.Page open(DeadLettersEndpoint endpoint) {
        return endpoint.list(null, null, null, null, null, null);
    }
}
