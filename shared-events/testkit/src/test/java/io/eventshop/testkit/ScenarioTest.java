package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static final KafkaProbe PROBE = KafkaProbe.ofTestServers();

    private final Scenario scenario =
            new Scenario(PROBE, ScenarioTest::encode, ScenarioTest::decode);

    @AfterAll
    static void close() {
        PROBE.close();
    }

    @Test
    void a_story_sees_what_was_published_about_its_order_only() {
        var mine = new OrderConfirmed(UUID.randomUUID());
        var other = new OrderConfirmed(UUID.randomUUID());

        scenario.given(other)
                .when(mine)
                .then(() ->
                        assertThat(scenario.eventsAbout(Topics.ORDERS, mine.aggregateId()))
                                .containsExactly(mine));
    }

    @Test
    void the_same_fact_twice_is_a_duplicate() {
        var fact = Fact.of(new OrderConfirmed(UUID.randomUUID()));

        scenario.given(fact, fact);

        assertThat(PROBE.records(Topics.ORDERS.name(), fact.event().aggregateId()))
                .hasSize(2)
                .extracting(WireRecord::id)
                .containsOnly(fact.id());
    }

    private static byte[] encode(Event event) {
        return event.aggregateId().getBytes(StandardCharsets.UTF_8);
    }

    private static Event decode(Map<String, String> attributes, byte[] data) {
        assertThat(attributes).containsEntry("type", "org.eventshop.orders.order-confirmed.v1");
        return new OrderConfirmed(UUID.fromString(new String(data, StandardCharsets.UTF_8)));
    }
}
