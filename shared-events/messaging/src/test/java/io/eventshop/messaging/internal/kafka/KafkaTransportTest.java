package io.eventshop.messaging.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.Ports;
import io.eventshop.messaging.internal.transport.Outcome;
import io.eventshop.messaging.internal.transport.OutgoingRecord;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaTransportTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final String topic = TestKafka.newTopic(TestServers.kafkaBootstrapServers());

    private KafkaTransport transport = transport(TestServers.kafkaBootstrapServers());

    @AfterEach
    void close() {
        transport.close();
    }

    /// The refused record is larger than a batch, so those after it leave in requests of their own,
    /// if they leave. Each round has a new producer, of which the broker knows nothing: it would
    /// take whatever comes first.
    @Test
    void no_record_passes_an_earlier_one_that_the_broker_refuses() {
        TestKafka.limitRecordSize(TestServers.kafkaBootstrapServers(), topic, 10_000);
        var records = List.of(record(200_000), record(10), record(10), record(10));

        var rounds =
                IntStream.range(0, 5).mapToObj(_ -> transport.send(records, DEADLINE)).toList();

        assertThat(rounds)
                .allSatisfy(outcomes -> {
                    assertThat(outcomes)
                            .hasSize(4)
                            .doesNotHaveAnyElementsOfTypes(Outcome.Acked.class);
                    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Refused.class);
                });
        try (var probe = KafkaProbe.ofTestServers()) {
            assertThat(probe.records(topic)).isEmpty();
        }
    }

    @Test
    void a_broker_that_is_not_there_refuses_nothing() {
        transport = transport("localhost:" + Ports.free());

        var outcomes = transport.send(List.of(record(10), record(10)), DEADLINE);

        assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Outcome.Unknown.class);
    }

    private static KafkaTransport transport(String bootstrapServers) {
        return new KafkaTransport(Map.of("bootstrap.servers", bootstrapServers));
    }

    private OutgoingRecord record(int bytes) {
        byte[] value = new byte[bytes];
        new Random(42).nextBytes(value);
        return new OutgoingRecord(topic, "key", Map.of(), value);
    }
}
