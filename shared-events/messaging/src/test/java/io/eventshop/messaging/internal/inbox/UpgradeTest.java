package io.eventshop.messaging.internal.inbox;

import static io.eventshop.messaging.internal.inbox.Arrivals.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.values.EmailAddress;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.internal.codec.EventCodec;
import io.eventshop.messaging.internal.inbox.DeadLetter.Status;
import io.eventshop.messaging.transport.Delivery;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The producer was upgraded before this consumer: events of a major that it does not know arrive.
class UpgradeTest {

    private static final String V1 = "org.eventshop.orders.order-placed.v1";
    private static final String V2 = ShopEvents.CATALOG.of(OrderPlaced.class).wireName();

    private static final UUID ORDER = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final InboxFixture fixture = new InboxFixture();
    private final Arrivals arrivals = new Arrivals();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_unknown_major_waits_in_the_dead_letters_and_is_replayed_in_order_after_the_upgrade() {
        var old = v1(ORDER);
        var unknown = v2(ORDER);
        var followers = List.of(v2(ORDER), v1(ORDER));
        var other = v1(OTHER);

        fixture.known = type -> !type.equals(V2);
        receive(old, unknown, followers.getFirst(), other, followers.getLast());

        assertThat(fixture.effects()).containsExactly(id(old), id(other));
        assertThat(fixture.letters(Status.DEAD)).containsExactly(id(unknown));
        assertThat(fixture.letters(Status.PARKED))
                .containsExactlyElementsOf(followers.stream().map(Arrivals::id).toList());
        var letter = fixture.deadLetters.find("placements", id(unknown)).orElseThrow();
        assertThat(letter.reason()).contains("unknown type or major version: " + V2);

        fixture.known = type -> true;
        var report = fixture.desk.replay("placements", id(unknown), "ann").orElseThrow();

        assertThat(report).isEqualTo(new DeadLetterDesk.Report(3, 0, null));
        assertThat(fixture.effects(ORDER))
                .containsExactly(
                        id(old), id(unknown), id(followers.getFirst()), id(followers.getLast()));
        assertThat(fixture.open()).isZero();
    }

    @Test
    void a_replay_before_the_upgrade_changes_nothing() {
        fixture.known = type -> !type.equals(V2);
        var unknown = v2(ORDER);
        receive(unknown, v1(ORDER));

        var report = fixture.desk.replay("placements", id(unknown), "ann").orElseThrow();

        assertThat(report.settled()).isZero();
        assertThat(report.waiting()).isEqualTo(2);
        assertThat(fixture.effects()).isEmpty();
    }

    private void receive(Delivery... batch) {
        fixture.inbox.receive(fixture.placements, List.of(batch));
    }

    private Delivery v1(UUID order) {
        String data =
                """
                {"orderId":"%s","customerId":"c","email":"ada@example.test",
                 "lines":[{"sku":"TEA-1","quantity":1,"unitPrice":1.5}],"total":1.5}
                """
                        .formatted(order);
        return arrivals.raw(order.toString(), it -> it.put("type", V1), data);
    }

    private Delivery v2(UUID order) {
        var price = new Money(150, "EUR");
        var event =
                new OrderPlaced(
                        order,
                        "c",
                        new EmailAddress("ada@example.test"),
                        List.of(new OrderPlaced.Line(new Sku("TEA-1"), 1, price)),
                        price);
        var data = new String(new EventCodec(ShopEvents.CATALOG).encode(event), UTF_8);
        return arrivals.raw(order.toString(), it -> it.put("type", V2), data);
    }
}
