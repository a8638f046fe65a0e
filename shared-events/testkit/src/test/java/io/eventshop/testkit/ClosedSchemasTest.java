package io.eventshop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.contracts.stock.StockReceived;
import io.eventshop.contracts.values.Sku;
import io.eventshop.launcher.servers.Position;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.launcher.servers.WireRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What services write is held against its schema, without any test asking for it.
class ClosedSchemasTest {

    private static final String SOUND = "{'sku':'TEA-1','quantity':5,'onHand':7}";

    private final Fact fact = Fact.of(new StockReceived(new Sku("TEA-1"), 5, 7));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'sku':'TEA-1','quantity':5,'onHand':7,'more':1} | more",
                "{'sku':'TEA-1','quantity':5}                     | onHand",
                "{'sku':'TEA-1','quantity':5,'onHand':null}       | null",
                "{'sku':'tea 1','quantity':5,'onHand':7}          | pattern",
                "{'sku':'TEA-1','quantity':0,'onHand':7}          | minimum",
                "{'sku':'TEA-1','quantity':'5','onHand':7}        | integer"
            })
    void data_that_does_not_fit_is_a_violation(String data, String word) {
        var record = record(fact.attributes(), data);

        assertThat(ClosedSchemas.violations(record)).singleElement().asString().contains(word);
    }

    @Test
    void data_that_fits_is_none() {
        assertThat(ClosedSchemas.violations(record(fact.attributes(), SOUND))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "type, org.eventshop.stock.stock-received.v2",
        "type, org.eventshop.stock.stock-low.v1",
        "type, org.eventshop.orders.order-confirmed.v1",
        "dataschema, http://localhost/schemas/stock.stock-received/1.1.0",
        "dataschema, ''"
    })
    void an_event_that_does_not_say_what_it_is_is_a_violation(String attribute, String value) {
        var attributes = new LinkedHashMap<>(fact.attributes());
        attributes.put(attribute, value);

        assertThat(ClosedSchemas.violations(record(attributes, SOUND))).isNotEmpty();
    }

    @Test
    void a_probe_that_finds_an_invalid_event_fails_whatever_the_test_looks_for() {
        var topic = Topics.STOCK.name();
        try (var service = KafkaProbe.ofTestServers();
                var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic, Topic.PARTITIONS);
            service.publish(topic, "TEA-1", fact.attributes(), json(SOUND));
            assertThat(probe.records(topic)).hasSize(1);

            service.publish(topic, "TEA-1", fact.attributes(), json("{'sku':'TEA-1'}"));

            assertThatThrownBy(() -> probe.records(topic, "another key"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("written what does not fit its schema")
                    .hasMessageContaining("quantity");
            assertThat(service.records(topic)).as("what it has sent itself").hasSize(2);
        }
    }

    private static WireRecord record(Map<String, String> attributes, String data) {
        var headers = new LinkedHashMap<String, String>();
        attributes.forEach((name, value) -> headers.put("ce_" + name, value));
        var topic = Topics.STOCK.name();
        return new WireRecord(
                RawRecord.of(topic, "TEA-1", headers, json(data)),
                new Position(topic, "0", "0"),
                Instant.EPOCH);
    }

    private static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(UTF_8);
    }
}
