package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.always;
import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventshop.launcher.servers.Ports;
import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.testkit.PromisedTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the relay relies on: records arrive as they were sent, and failures are reported.
abstract class SendingContract extends ContractEnvironment {

    private static final Map<String, String> EVERY_ATTRIBUTE =
            Map.ofEntries(
                    Map.entry(Attributes.SPEC_VERSION, "1.0"),
                    Map.entry(Attributes.ID, "5f3b2c9e-7a51-4f6d-9a3e-1d2c3b4a5f60"),
                    Map.entry(Attributes.SOURCE, "/order-service"),
                    Map.entry(Attributes.TYPE, "io.eventshop.OrderPlaced.v1"),
                    Map.entry(Attributes.DATA_SCHEMA, "urn:eventshop:schema:OrderPlaced:1"),
                    Map.entry(Attributes.SUBJECT, "Gr\u00f6\u00dfe 50% \u2713 \u6771\u4eac"),
                    Map.entry(Attributes.TIME, "2026-01-02T03:04:05.678901Z"),
                    Map.entry(Attributes.PARTITION_KEY, "\u00e4-1"),
                    Map.entry(Attributes.AGGREGATE_VERSION, "1"),
                    Map.entry(Attributes.CORRELATION_ID, "c-1"),
                    Map.entry(Attributes.CAUSATION_ID, "c-2"),
                    Map.entry(
                            Attributes.TRACE_PARENT,
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                    Map.entry(Attributes.CONTENT_TYPE, "application/json"));

    @Test
    void a_record_arrives_with_its_key_its_bytes_and_every_attribute() {
        var received = new CopyOnWriteArrayList<Delivery>();
        var _ =
                instance(batch -> {
                    received.addAll(batch);
                    return Optional.empty();
                });
        var sent =
                Stream.of(new byte[0], "{\"n\": \"\u20ac\"}".getBytes(UTF_8), largest())
                        .map(value ->
                                new OutgoingRecord(
                                        topic().name(), "\u00e4-1", EVERY_ATTRIBUTE, value))
                        .toList();
        assertThat(sent.getLast().size()).isEqualTo(OutgoingRecord.SIZE_MAX);

        assertAllAcked(transport().send(sent, DEADLINE));

        eventually(() -> assertThat(received).hasSize(3));
        for (int i = 0; i < 3; i++) {
            assertThat(received.get(i).key()).isEqualTo("\u00e4-1".getBytes(UTF_8));
            assertThat(received.get(i).value()).isEqualTo(sent.get(i).value());
            assertThat(received.get(i).attributes()).isEqualTo(EVERY_ATTRIBUTE);
            assertThat(received.get(i).position().topic()).isEqualTo(topic().name());
        }
    }

    /// With its key and its attributes.
    private static byte[] largest() {
        var without = new OutgoingRecord("", "\u00e4-1", EVERY_ATTRIBUTE, new byte[0]);
        var value = new byte[OutgoingRecord.SIZE_MAX - without.size()];
        new Random(42).nextBytes(value);
        return value;
    }

    /// The refused record is larger than a batch, so those after it leave in requests of their own,
    /// if they leave. Each round has a new transport, of which the broker knows nothing: it would
    /// take whatever comes first.
    @Test
    void no_record_of_a_key_passes_one_that_the_broker_refuses() {
        var tap = tap();
        limitRecordSize(10_000);
        var refused = new Numbered("key", 1).to(topic().name(), 200_000);
        var records = List.of(refused, record("key", 2), record("key", 3), record("key", 4));

        var rounds =
                IntStream.range(0, 5).mapToObj(_ -> transport().send(records, DEADLINE)).toList();

        assertThat(rounds)
                .allSatisfy(outcomes -> {
                    assertThat(outcomes)
                            .hasSize(4)
                            .doesNotHaveAnyElementsOfTypes(Outcome.Acked.class);
                    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Refused.class);
                });
        assertThat(tap.stored(List.of("key"))).isEmpty();
    }

    @Test
    void a_record_that_is_sent_alone_is_refused_and_its_neighbours_are_not_lost() {
        var tap = tap();
        limitRecordSize(10_000);
        var transport = transport();
        var refused = new Numbered("large", 1).to(topic().name(), 200_000);
        var neighbours = List.of(record("before", 1), record("behind", 1));

        var together =
                transport.send(
                        List.of(neighbours.getFirst(), refused, neighbours.getLast()), DEADLINE);
        var alone = transport.send(List.of(refused), DEADLINE);
        var again = transport.send(neighbours, DEADLINE);

        assertThat(together.get(1)).isNotInstanceOf(Outcome.Acked.class);
        assertThat(alone).hasSize(1).hasOnlyElementsOfType(Outcome.Refused.class);
        assertAllAcked(again);
        assertThat(tap.stored(List.of("before", "large", "behind")))
                .extracting(Numbered::key)
                .contains("before", "behind")
                .doesNotContain("large");
    }

    private void limitRecordSize(int bytes) {
        assumeTrue(
                tested().limitRecordSize(topic().name(), bytes),
                "the broker refuses no record by its size");
    }

    @Test
    void a_server_that_was_never_there_refuses_nothing() {
        var transport = opened(connect("localhost:" + Ports.free()).transport());

        assertThat(transport.send(List.of(record("key", 1), record("key", 2)), DEADLINE))
                .hasSize(2)
                .hasOnlyElementsOfType(Outcome.Unknown.class);
    }

    @Test
    @Tag("promised-time")
    void a_server_that_is_away_is_reported_by_the_deadline_and_is_used_when_it_is_back() {
        var deadline = Duration.ofSeconds(1);
        var transport = opened(proxied().transport());
        assertAllAcked(transport.send(List.of(record("key", 1)), DEADLINE));
        tested().proxy().cut();

        long start = System.nanoTime();
        var outcomes = transport.send(List.of(record("key", 2), record("key", 3)), deadline);
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Outcome.Unknown.class);
        new PromisedTime("a send to a server that is away returns", deadline.plusSeconds(1))
                .judge(took);

        tested().proxy().heal();

        awaitAcked(transport, record("key", 2));
    }

    @Test
    @Tag("promised-time")
    void a_close_ends_a_send_that_waits_and_the_next_send_works() {
        var transport = opened(proxied().transport());
        assertAllAcked(transport.send(List.of(record("key", 1)), DEADLINE));
        tested().proxy().freeze();
        var waiting =
                concurrently(
                        () -> transport.send(List.of(record("key", 2)), Duration.ofMinutes(5)));
        always(Duration.ofMillis(500), () -> assertThat(waiting).isNotDone());

        transport.close();

        new PromisedTime("a close ends a send", Duration.ofSeconds(1)).until(waiting::isDone);
        assertThat(waiting.join()).hasOnlyElementsOfType(Outcome.Unknown.class);

        tested().proxy().heal();

        awaitAcked(transport, record("key", 2));
    }
}
