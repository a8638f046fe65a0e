package io.eventshop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TestServersTest {

    @Test
    void each_database_is_new_and_reaches_no_other() throws Exception {
        var orders = TestServers.database("orders");
        var inventory = TestServers.database("inventory");

        try (var connection = orders.connect();
                var statement = connection.createStatement()) {
            statement.execute("create table mine (id int primary key)");
        }

        assertThatThrownBy(() ->
                        DriverManager.getConnection(
                                        inventory.url(), orders.username(), orders.password())
                                .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void a_published_record_is_read_as_it_was_written() {
        try (var probe = KafkaProbe.ofTestServers()) {
            var topic = "orders-" + UUID.randomUUID();
            probe.ensureTopic(topic, 3);
            var id = UUID.randomUUID();

            probe.publish(
                    topic,
                    "order-1",
                    Map.of("id", id.toString(), "type", "org.eventshop.orders.order-placed.v2"),
                    "{\"quantity\": 3}".getBytes(StandardCharsets.UTF_8));

            assertThat(probe.records(topic))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.key()).isEqualTo("order-1");
                        assertThat(record.id()).isEqualTo(id);
                        assertThat(record.json().get("quantity").asInt()).isEqualTo(3);
                    });
        }
    }

    @Test
    void a_topic_that_is_not_there_has_no_records() {
        try (var probe = KafkaProbe.ofTestServers()) {
            assertThat(probe.records("nobody-made-this")).isEmpty();
        }
    }
}
