package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.testkit.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is stored of each key is a prefix without holes, whatever fails.
abstract class PrefixContract extends SendingContract {

    /// How often the server is killed; `-Deventshop.contract.seed` repeats the moments.
    private static final int KILLS = 20;

    /// And everything that was accepted is stored. Records are large enough for several requests in
    /// a pass.
    @Test
    @Proof(quarters = 4)
    void a_server_that_is_killed_in_mid_pass_has_a_prefix_without_holes_of_each_key() {
        long seed = Long.getLong("eventshop.contract.seed", System.nanoTime());
        System.out.println("-Deventshop.contract.seed=" + seed);
        var random = new Random(seed);
        var deadlines = new Random(seed);
        var tap = tap();
        var load =
                opened(
                        new LoadGenerator(
                                transport(),
                                topic().name(),
                                keys(8),
                                new LoadGenerator.Shape(25, 5_000),
                                () -> randomDeadline(deadlines)));
        var _ = load.start();

        for (int kill = 0; kill < KILLS; kill++) {
            long accepted = load.acceptedCount();
            await("passes").until(() -> load.acceptedCount() > accepted);
            pause(Duration.ofMillis(random.nextInt(200)));
            killAndRestart();
        }

        var published = load.finish();
        FirstSights.of(tap.stored(keys(8))).assertComplete(published);
    }

    /// One in four passes lasts until the server is back.
    private static Duration randomDeadline(Random random) {
        return random.nextInt(4) == 0 ? DEADLINE : Duration.ofMillis(random.nextInt(200, 2_000));
    }

    /// Of the pass that is given up something may be on the way, but not any more when the next one
    /// is accepted. Each record is larger than a batch, so the pass is many requests.
    @Test
    @Proof(quarters = 2)
    void a_pass_that_was_given_up_while_the_server_hung_is_not_written_behind_the_next_one() {
        var tap = tap();
        var transport = transport();
        assertAllAcked(transport.send(List.of(record("key", 1)), DEADLINE));
        var givenUp = numbers(1_001, 1_020).map(one -> one.to(topic().name(), 200_000)).toList();
        tested().server().pause();

        var outcomes = transport.send(givenUp, Duration.ofSeconds(2));

        assertThat(outcomes).hasSize(20).hasOnlyElementsOfType(Outcome.Unknown.class);
        tested().server().resume();
        // For as long as a client that had not given up would need.
        var next = new ArrayList<Numbered>();
        numbers(2_001, 2_040)
                .forEach(one -> {
                    awaitAcked(transport, one.to(topic().name(), Numbered.BYTES_MIN));
                    next.add(one);
                    pause(Duration.ofMillis(50));
                });

        var stored = tap.stored(List.of("key"));
        // One whose answer was late is there twice.
        assertThat(
                        stored.subList(stored.indexOf(next.getFirst()), stored.size()).stream()
                                .distinct())
                .containsExactlyElementsOf(next);
    }

    private static Stream<Numbered> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> new Numbered("key", number));
    }

    @Test
    void two_relays_at_once_publish_nothing_worse_than_duplicates() {
        var tap = tap();

        var relays =
                Stream.of(load(3, 20), load(3, 20))
                        .map(load -> concurrently(() -> load.publish(20)))
                        .toList();

        var published = relays.getFirst().join();
        assertThat(relays.getLast().join()).isEqualTo(published);
        var stored = tap.stored(keys(3));
        FirstSights.of(stored).assertComplete(published);
        assertThat(stored).hasSize(2 * 3 * 400);
    }

    @Test
    void a_topic_that_is_missing_is_an_outage_until_it_is_declared() throws Exception {
        var missing = newTopic();
        var transport = transport();
        var record = new Numbered("key", 1).to(missing.name(), Numbered.BYTES_MIN);

        assertThat(transport.send(List.of(record), DEADLINE))
                .hasOnlyElementsOfType(Outcome.Unknown.class);

        declare(missing);

        awaitAcked(transport, record);
    }

    @Test
    void a_declaration_may_be_repeated_also_at_once_and_changes_nothing() throws Exception {
        var fresh = newTopic();

        var declarations =
                Stream.generate(() -> concurrently(() -> objections(fresh))).limit(2).toList();
        declarations.forEach(one -> assertThat(one.join()).isEmpty());

        var other =
                new Topic(
                        fresh.name(),
                        fresh.owner(),
                        fresh.aggregateType(),
                        fresh.keyName(),
                        Duration.ofDays(2));
        assertThat(objections(other))
                .singleElement()
                .satisfies(objection -> assertThat(objection).contains(fresh.name()));
        assertThat(objections(fresh)).isEmpty();
    }

    private List<String> objections(Topic wanted) {
        try {
            return broker().declare(List.of(wanted), 1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
