package io.eventshop.testkit.transport;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Records of one key take effect in the order in which they were accepted, whatever fails, and
/// whichever instance gets them.
abstract class OrderContract extends PrefixContract {

    private static final PromisedTime TAKEOVER =
            new PromisedTime("a killed instance's records go to another", Duration.ofSeconds(15));

    /// Longer than anyone waits for a session.
    private static final Duration STORM = Duration.ofSeconds(10);

    @Test
    void one_instance_gets_the_records_of_each_key_in_order_and_uses_all_lanes() {
        var lanes = new ConcurrentHashMap<String, Set<String>>();
        var _ =
                instance(batch -> {
                    batch.forEach(one -> lanesOf(lanes, one).add(one.position().lane()));
                    effects().add("only", batch);
                    return Optional.empty();
                });

        effects().awaitComplete(load(300, 2).publish(5));

        assertThat(lanes).hasSize(300).allSatisfy((_, used) -> assertThat(used).hasSize(1));
        var used = new HashSet<String>();
        lanes.values().forEach(used::addAll);
        assertThat(used).hasSizeGreaterThanOrEqualTo(Topic.PARTITIONS);
    }

    private static Set<String> lanesOf(Map<String, Set<String>> lanes, Delivery delivery) {
        return lanes.computeIfAbsent(
                Numbered.of(delivery).key(), _ -> ConcurrentHashMap.newKeySet());
    }

    @Test
    void two_instances_share_the_records_and_each_key_stays_in_order() {
        var _ = instance(effects().recorder("first"));
        var _ = instance(effects().recorder("second"));
        var load = opened(load(300, 2)).start();

        awaitEffectsOf("first");
        awaitEffectsOf("second");

        effects().awaitComplete(load.finish());
    }

    private void awaitEffectsOf(String instance) {
        await(instance + " gets records").until(() -> !effects().of(instance).isEmpty());
    }

    /// An outage of the database, say. Nothing of the batch has an effect before it is over.
    @Test
    void a_record_that_fails_three_times_comes_before_the_next_one_of_its_key() {
        var failures = new AtomicInteger();
        var _ =
                instance(batch -> {
                    boolean fails =
                            batch.stream().map(Numbered::of).anyMatch(OrderContract::isTheFifth);
                    if (fails && failures.incrementAndGet() <= 3) {
                        return Optional.of(Duration.ofMillis(10));
                    }
                    effects().add("only", batch);
                    return Optional.empty();
                });

        effects().awaitComplete(load(20, 1).publish(10));

        assertThat(failures.get()).isGreaterThan(3);
    }

    private static boolean isTheFifth(Numbered one) {
        return one.equals(new Numbered("key-7", 5));
    }

    @Test
    @Proof(quarters = 2)
    @Tag("promised-time")
    void a_killed_instance_leaves_its_batch_to_another_one() {
        var _ = load(60, 1).publish(1);
        try (var victim = child("victim", 2, neverReleased())) {
            awaitEffectsOf("victim");
            var _ = instance(effects().recorder("survivor"));
            var load = opened(load(60, 1));
            var _ = load.start();
            victim.awaitOutput(InstanceMain.HOLDING);

            victim.kill();

            var published = load.finish();
            TAKEOVER.until(() -> effects().firstSights().reach(published));
            effects().awaitComplete(published);
        }
    }

    private Path neverReleased() {
        return file("never");
    }

    /// The others take it for dead; then it goes on with its batch, and tells the broker that it
    /// has dealt with it. Had it taken a position back, the last instance would get old records.
    @Test
    @Proof(quarters = 2)
    void an_instance_that_was_paused_repeats_its_batch_and_takes_no_position_back()
            throws Exception {
        var release = file("release");
        var load = opened(load(60, 1));
        try (var sleeper = child("sleeper", 2, release)) {
            effects().awaitComplete(load.publish(1));
            var survivor = instance(effects().recorder("survivor"));
            var _ = load.start();
            sleeper.awaitOutput(InstanceMain.HOLDING);
            sleeper.pause();
            effects().awaitComplete(load.finish());
            int before = effects().of("sleeper").size();

            Files.createFile(release);
            sleeper.resume();

            await("its late batch").until(() -> effects().of("sleeper").size() > before);
            effects().awaitComplete(load.publish(20));
            sleeper.stop();
            survivor.stop();
        }
        var last = load.publish(1);
        var _ = instance(effects().recorder("fresh"));
        effects().awaitComplete(last);
        assertThat(effects().of("fresh")).hasSize(60);
    }

    /// Each time with what the last one had not dealt with yet.
    @Test
    @Proof(quarters = 2)
    void instances_that_come_and_go_lose_and_reorder_nothing() {
        var _ = instance(effects().recorder("constant"));
        var load = opened(load(60, 1)).start();
        var end = System.nanoTime() + STORM.toNanos();

        for (int i = 1; System.nanoTime() < end; i++) {
            var passing = instance(effects().recorder("passing-" + i));
            pause(Duration.ofMillis(300));
            passing.stop();
        }

        effects().awaitComplete(load.finish());
    }
}
