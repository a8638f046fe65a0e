package io.eventshop.messaging.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Event;
import io.eventshop.contracts.items.ItemListed;
import io.eventshop.contracts.orders.OrderCancelled;
import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.contracts.orders.OrderPlaced;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.values.Money;
import io.eventshop.contracts.values.Sku;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final UUID ID = UUID.fromString("0199c5a4-7b2e-7c11-9f0a-3f6f2d9f5a10");

    private final EventCodec codec = new EventCodec(ShopEvents.CATALOG);

    @Test
    void an_old_version_arrives_as_the_newest() {
        String v1 =
                """
                {"orderId":"%s","customerId":"c","email":"e@x.test",
                 "lines":[{"sku":"A-1","quantity":3,"unitPrice":1.1}],"total":3.3}
                """
                        .formatted(ID);

        var event = codec.decode(envelope("org.eventshop.orders.order-placed.v1", v1));

        assertThat(event)
                .isInstanceOfSatisfying(
                        OrderPlaced.class,
                        placed -> {
                            assertThat(placed.total()).isEqualTo(new Money(330, "EUR"));
                            assertThat(placed.lines().getFirst().unitPrice())
                                    .isEqualTo(new Money(110, "EUR"));
                        });
    }

    @Test
    void an_optional_field_of_an_old_version_may_be_said_or_left_out() {
        String v1 =
                """
                {"orderId":"%s","customerId":"c","email":"e@x.test",
                 "lines":[{"sku":"A-1","quantity":3,"unitPrice":1.1}],"total":3.3%s}
                """;

        var leftOut = decodePlacedV1(v1.formatted(ID, ""));
        var said = decodePlacedV1(v1.formatted(ID, ",\"currency\":\"EUR\""));

        assertThat(said).isEqualTo(leftOut);
        assertThat(said.total()).isEqualTo(new Money(330, "EUR"));
    }

    private OrderPlaced decodePlacedV1(String data) {
        return (OrderPlaced) codec.decode(envelope("org.eventshop.orders.order-placed.v1", data));
    }

    /// A schema asks for a text of its form, and a reader does not guess.
    @ParameterizedTest
    @ValueSource(strings = {"\" A-1\"", "\"\"", "1", "{\"value\":\"A-1\"}", "[\"A-1\"]", "null"})
    void a_value_type_is_exactly_its_text(String sku) {
        String data = "{\"sku\":%s,\"quantity\":1,\"onHand\":1}".formatted(sku);

        assertThatThrownBy(
                        () -> codec.decode(envelope("org.eventshop.stock.stock-received.v1", data)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("/sku");
    }

    @Test
    void fields_that_are_not_known_yet_are_ignored() {
        String later = "{\"orderId\":\"%s\",\"madeUpLater\":{\"deep\":[1]}}".formatted(ID);

        assertThat(codec.decode(envelope("org.eventshop.orders.order-confirmed.v1", later)))
                .isEqualTo(new OrderConfirmed(ID));
    }

    @Test
    void an_enum_value_that_is_not_known_yet_is_read_as_unknown() {
        String later = "{\"orderId\":\"%s\",\"reason\":\"STRUCK_BY_LIGHTNING\"}".formatted(ID);

        assertThat(codec.decode(envelope("org.eventshop.orders.order-cancelled.v1", later)))
                .isEqualTo(new OrderCancelled(ID, OrderCancelled.Reason.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "null", "true", "[]", "{}"})
    void what_is_no_enum_value_at_all_is_refused(String reason) {
        String data = "{\"orderId\":\"%s\",\"reason\":%s}".formatted(ID, reason);

        assertThatThrownBy(() ->
                        codec.decode(envelope("org.eventshop.orders.order-cancelled.v1", data)))
                .isInstanceOf(UnreadableEventException.class);
    }

    record OrderPraised(String aggregateId, @Nullable String note) implements Event {}

    @Test
    void what_is_absent_is_left_out_and_never_null() {
        var written = codec.encode(new OrderPraised("7", null));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("{\"aggregateId\":\"7\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"sku\":null,\"name\":\"n\",\"unitPrice\":{\"amountMinor\":1,\"currency\":\"EUR\"}}",
                "{\"sku\":\"a b\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":1,\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":1.5,\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":\"1\",\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":-1,\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":null,\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"currency\":\"EUR\"}}",
                "{\"sku\":\"A\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":1,\"currency\":\"EUR\"}} trailing",
                "{\"sku\":\"A\",\"sku\":\"B\",\"name\":\"n\",\"unitPrice\":{\"amountMinor\":1,\"currency\":\"EUR\"}}"
            })
    void data_that_does_not_fit_is_refused_with_a_reason(String data) {
        assertThatThrownBy(() -> codec.decode(envelope("org.eventshop.items.item-listed.v1", data)))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void a_reason_never_quotes_the_data() {
        String data = "{\"orderId\":\"secret@example.test\"}";

        assertThatThrownBy(() ->
                        codec.decode(envelope("org.eventshop.orders.order-confirmed.v1", data)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining("/orderId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.eventshop.orders.order-placed.v3", "com.example.else.v1", ""})
    void an_unknown_type_or_major_version_is_refused(String type) {
        assertThatThrownBy(() -> codec.decode(envelope(type, "{}")))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("unknown type or major version");
    }

    @Test
    void structured_mode_reads_the_same_as_binary_mode() {
        String structured =
                """
                {"specversion":"1.0","id":"%s","source":"/inventory-service","type":"org.eventshop.items.item-listed.v1",
                 "subject":"A-1","time":"2026-11-23T10:00:00+01:00","aggregateversion":7,"correlationid":"c-1",
                 "data":{"sku":"A-1","name":"n","unitPrice":{"amountMinor":1,"currency":"EUR"}}}
                """
                        .formatted(ID);

        Envelope envelope =
                codec.open(
                        delivery(
                                Map.of(
                                        "content-type",
                                        "application/cloudevents+json; charset=utf-8"),
                                structured));

        assertThat(codec.decode(envelope))
                .isEqualTo(new ItemListed(new Sku("A-1"), "n", new Money(1, "EUR")));
        assertThat(codec.metadata(envelope))
                .satisfies(metadata -> {
                    assertThat(metadata.id()).isEqualTo(ID);
                    assertThat(metadata.time()).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
                    assertThat(metadata.aggregateVersion()).isEqualTo(7);
                    assertThat(metadata.correlationId()).isEqualTo("c-1");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "[]", "{\"specversion\":\"1.0\"}", "{\"data_base64\":\"%%\"}"})
    void broken_structured_mode_is_refused_with_a_reason(String value) {
        var delivery = delivery(Map.of("content-type", "application/cloudevents+json"), value);

        assertThatThrownBy(() -> codec.open(delivery)).isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\nERROR forged", "", "a b", "\u00e9"})
    void an_id_that_neither_a_column_nor_a_log_line_takes_is_left_out(String foreign) {
        var attributes = attributes();
        for (String name : new String[] {"correlationid", "causationid", "traceparent"}) {
            attributes.put(name, foreign);
        }

        var metadata = codec.metadata(new Envelope(attributes, new byte[0]));

        assertThat(metadata.correlationId()).isEqualTo(ID.toString());
        assertThat(metadata.causationId()).isNull();
        assertThat(metadata.traceparent()).isNull();
    }

    @Test
    void a_record_without_a_value_is_refused_with_a_reason() {
        var delivery = delivery(Map.of(), null);

        assertThatThrownBy(() -> codec.open(delivery)).hasMessage("the record has no value");
    }

    @ParameterizedTest
    @CsvSource({
        "id, not-a-uuid",
        "time, yesterday",
        "aggregateversion, 0",
        "aggregateversion, 1000000000001",
        "aggregateversion, 9223372036854775807",
        "aggregateversion, 9223372036854775808",
        "aggregateversion, many",
        "id,",
        "source,",
        "subject,",
        "time,",
        "aggregateversion,"
    })
    void an_attribute_that_is_missing_or_malformed_is_refused_by_name(
            String name, @Nullable String value) {
        var attributes = attributes();
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        var envelope = new Envelope(attributes, new byte[0]);

        assertThatThrownBy(() -> codec.metadata(envelope))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(name);
    }

    /// Those that are needed.
    private static Map<String, String> attributes() {
        return new HashMap<>(
                Map.of(
                        "id", ID.toString(),
                        "source", "/order-service",
                        "type", "org.eventshop.orders.order-confirmed.v1",
                        "subject", "x",
                        "time", "2026-11-23T09:00:00Z",
                        "aggregateversion", "1"));
    }

    private static Envelope envelope(String type, String data) {
        return new Envelope(Map.of(Attributes.TYPE, type), data.getBytes(StandardCharsets.UTF_8));
    }

    private static Delivery delivery(Map<String, String> attributes, @Nullable String value) {
        return new Delivery(
                attributes,
                null,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                new Position("cluster", "t", "0", "0"),
                Instant.EPOCH);
    }
}
