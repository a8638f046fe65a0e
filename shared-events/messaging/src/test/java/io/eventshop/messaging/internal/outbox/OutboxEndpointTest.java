package io.eventshop.messaging.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventshop.messaging.MessagingProperties;
import io.eventshop.messaging.internal.outbox.OutboxEndpoint.Change;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OutboxEndpointTest {

    private static final String TOPIC = "orders.events";

    private final TestShop shop = TestShop.open();
    private final OutboxEndpoint endpoint =
            new OutboxEndpoint(shop.relayPool, shop.parkedKeys, new MessagingProperties(true, ""));
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void park() {
        int _ =
                shop.jdbc
                        .sql(
                                """
                                insert into messaging.outbox_parked (
                                    shard, topic, aggregate_id, seq, event_id, reason)
                                values (?, ?, ?, 1, uuidv7(), 'refused by the test')
                                """)
                        .params(Shard.of(key), TOPIC, key)
                        .update();
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void who_retries_a_key_and_why_stands_in_the_log(CapturedOutput output) {
        var answer = endpoint.change(Change.RETRY, TOPIC, key, "ann", "limit raised");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(shop.parkedKeys.list()).isEmpty();
        assertThat(output).contains("audit: ann retried the parked key " + key, "limit raised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nWARN forged", "a\u0085forged", "a\u2028forged"})
    void what_would_forge_a_line_of_the_log_changes_nothing(String forged) {
        assertThatThrownBy(() -> endpoint.change(Change.RETRY, TOPIC, key, forged, "why"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.change(Change.DISCARD, TOPIC, key, "ann", forged))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.change(Change.RETRY, forged, key, "ann", "why"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThatThrownBy(() -> endpoint.change(Change.RETRY, TOPIC, forged, "ann", "why"))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThat(shop.parkedKeys.list()).hasSize(1);
    }
}
