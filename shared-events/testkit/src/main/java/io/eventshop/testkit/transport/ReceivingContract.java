package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.messaging.transport.Attributes;
import io.eventshop.messaging.transport.BatchHandler;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.messaging.transport.Position;
import io.eventshop.testkit.Proof;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the inbox relies on: every consumer gets every record, also after any number of failures,
/// whoever wrote it, and can tell it from all others.
abstract class ReceivingContract extends OrderContract {

    /// More in a row than any broker's default number of deliveries, after which it would throw the
    /// record away. Several consumers at once, since each failure may cost as much as the shortest
    /// pause that an adapter has.
    private static final int FAILURES_EACH = 40;

    private static final int FAILING_CONSUMERS = 25;

    @Test
    void two_services_get_everything_each_and_so_do_two_consumers_of_one_service()
            throws Exception {
        var groups = List.of("orders.one-", "orders.two-", "stock.one-");
        var second = newTopic();
        declare(second);
        var effects =
                groups.stream()
                        .collect(Collectors.toMap(name -> name, name -> new Effects(file(name))));
        effects.forEach((name, seen) -> {
            var consumption = consumption(name + group(), topic(), second);
            var _ = receiver(broker(), consumption, seen.recorder("only"));
        });

        var published = load(20, 1).publish(5);
        assertAllAcked(
                transport()
                        .send(
                                List.of(
                                        new Numbered("elsewhere", 1)
                                                .to(second.name(), Numbered.BYTES_MIN)),
                                DEADLINE));

        var all = new HashMap<>(published);
        all.put("elsewhere", 1);
        effects.values().forEach(seen -> seen.awaitComplete(all));
    }

    @Test
    void a_new_consumer_reads_from_the_beginning() {
        assumeLog();
        var published = load(20, 1).publish(5);

        var _ = instance(effects().recorder("new"));

        effects().awaitComplete(published);
    }

    @Test
    void a_consumer_that_was_away_gets_what_came_meanwhile_and_nothing_else() {
        var load = opened(load(20, 1));
        var first = instance(effects().recorder("first"));
        var old = load.publish(5);
        effects().awaitComplete(old);
        first.stop();

        var all = load.publish(5);
        var _ = instance(effects().recorder("second"));

        effects().awaitComplete(all);
        assertThat(effects().of("second")).hasSize(20 * 5);
    }

    @Test
    void a_record_has_the_same_position_each_time_and_no_other_record_has_it() {
        var places = new CopyOnWriteArrayList<Map<Numbered, Position>>();
        var failures = new AtomicInteger();
        var _ =
                instance(batch -> {
                    places.add(places(batch));
                    if (failures.incrementAndGet() <= 2) {
                        return Optional.of(Duration.ofMillis(10));
                    }
                    effects().add("only", batch);
                    return Optional.empty();
                });

        var published = load(20, 1).publish(5);
        effects().awaitComplete(published);

        var positions =
                places.stream()
                        .flatMap(one -> one.entrySet().stream())
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toSet())));
        // Perhaps with those of other lanes, and not all at once.
        assertThat(places.getFirst().keySet())
                .allSatisfy(one ->
                        assertThat(places.stream().filter(batch -> batch.containsKey(one)))
                                .hasSizeGreaterThan(1));
        assertThat(positions).hasSize(100).allSatisfy((_, one) -> assertThat(one).hasSize(1));
        assertThat(positions.values().stream().flatMap(Set::stream)).doesNotHaveDuplicates();
    }

    private static Map<Numbered, Position> places(List<Delivery> batch) {
        return batch.stream().collect(Collectors.toMap(Numbered::of, Delivery::position));
    }

    @Test
    @Proof(quarters = 2)
    void a_broker_that_was_set_up_anew_has_other_positions() throws Exception {
        assertAllAcked(transport().send(List.of(record("key", 1)), DEADLINE));
        var before = new CopyOnWriteArrayList<Position>();
        var _ = instance(recorderOf(before));
        eventually(() -> assertThat(before).hasSize(1));

        var anew = opened(newBroker());
        anew.server().start();
        var broker = connect(anew.address());
        assertThat(broker.declare(List.of(topic()), 1)).isEmpty();
        var after = new CopyOnWriteArrayList<Position>();
        var _ = receiver(broker, consumption(), recorderOf(after));
        assertAllAcked(opened(broker.transport()).send(List.of(record("key", 1)), DEADLINE));

        eventually(() -> assertThat(after).hasSize(1));
        assertThat(after).doesNotContainAnyElementsOf(before);
        assertThat(after.getFirst().id()).isNotEqualTo(before.getFirst().id());
    }

    private static BatchHandler recorderOf(List<Position> positions) {
        return batch -> {
            batch.forEach(one -> positions.add(one.position()));
            return Optional.empty();
        };
    }

    @Test
    @Proof(quarters = 2)
    void a_thousand_failures_lose_nothing() {
        var failures = new AtomicInteger();
        var effects =
                IntStream.range(0, FAILING_CONSUMERS)
                        .mapToObj(i -> new Effects(file("consumer-" + i)))
                        .toList();
        effects.forEach(seen -> {
            var own = new AtomicInteger();
            var consumption = consumption(seen.file().getFileName().toString(), topic());
            var _ =
                    receiver(
                            broker(),
                            consumption,
                            batch -> {
                                if (own.getAndIncrement() < FAILURES_EACH) {
                                    failures.incrementAndGet();
                                    return Optional.of(Duration.ofMillis(1));
                                }
                                seen.add("only", batch);
                                return Optional.empty();
                            });
        });

        var published = load(20, 1).publish(2);

        effects.forEach(seen -> seen.awaitComplete(published));
        assertThat(failures).hasValue(FAILING_CONSUMERS * FAILURES_EACH);
    }

    @Test
    void what_others_have_written_reaches_the_inbox_as_it_is() {
        var received = new CopyOnWriteArrayList<Delivery>();
        var _ =
                instance(batch -> {
                    received.addAll(batch);
                    return Optional.empty();
                });
        byte[] garbage = {(byte) 0xff, 0, (byte) 0xc3, '\n'};
        byte[] structured = "{\"specversion\": \"1.0\", \"id\": \"s-1\"}".getBytes(UTF_8);
        var type = "application/cloudevents+json; charset=UTF-8";

        tested().writeForeign(topic().name(), null, Map.of(), "no key, no headers".getBytes(UTF_8));
        tested().writeForeign(topic().name(), "key", Map.of("colour", "blue"), garbage);
        tested().writeForeign(
                        topic().name(), "key", Map.of(Attributes.CONTENT_TYPE, type), structured);
        tested().writeForeign(topic().name(), "key", Map.of(), null);

        eventually(() -> assertThat(received).hasSize(4));
        assertThat(received)
                .filteredOn(one -> one.key() == null)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.attributes()).isEmpty();
                    assertThat(one.value()).isEqualTo("no key, no headers".getBytes(UTF_8));
                });
        var ofTheKey = received.stream().filter(one -> one.key() != null).toList();
        assertThat(ofTheKey.get(0).value()).isEqualTo(garbage);
        assertThat(ofTheKey.get(1).value()).isEqualTo(structured);
        assertThat(ofTheKey.get(1).attributes())
                .containsExactly(Map.entry(Attributes.CONTENT_TYPE, type));
        assertThat(Objects.requireNonNullElse(ofTheKey.get(2).value(), new byte[0])).isEmpty();
    }
}
