package io.eventshop.messaging.internal.inbox;

import static io.eventshop.testkit.Eventually.await;
import static io.eventshop.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Topic;
import io.eventshop.launcher.servers.Database;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.testkit.ChildJvm;
import io.eventshop.testkit.KafkaProbe;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import io.eventshop.testkit.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Instances that come, go and die.
@Proof(quarters = 1)
class ConsumerGroupTest {

    private static final PromisedTime TAKEOVER =
            new PromisedTime("a killed instance's partitions move", Duration.ofSeconds(15));

    private final Database database = TestServers.database("group");
    private final Topic topic = ListeningService.topic();
    private final String application = "listener-" + UUID.randomUUID();

    @Test
    void a_storm_of_rebalances_loses_repeats_and_reorders_nothing() {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            var orders = Stream.generate(UUID::randomUUID).limit(30).toList();
            try (var first = instance();
                    var second = instance()) {
                var publishing = CompletableFuture.supplyAsync(() -> publish(probe, orders, 20));
                while (!publishing.isDone()) {
                    second.bean(Receivers.class).stop();
                    second.bean(Receivers.class).start();
                }
                Map<UUID, List<UUID>> published = publishing.join();

                eventually(() -> assertThat(first.effects()).hasSize(30 * 20));
                var applied = first.effects();
                published
                        .values()
                        .forEach(events ->
                                assertThat(applied.stream().filter(events::contains).toList())
                                        .containsExactlyElementsOf(events));
                assertThat(first.count("messaging.dead_letter")).isZero();
            }
        }
    }

    @Test
    void a_crash_between_the_commit_and_the_offset_gives_one_effect() {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            var orders = List.of(UUID.randomUUID());
            var published = publish(probe, orders, 3).values().iterator().next();
            try (var crashing = child(ListeningMain.HALT)) {
                await().until(() -> !crashing.isAlive());
            }
            try (var next = instance()) {
                assertThat(next.effects()).isNotEmpty();

                // Comes behind all that comes again.
                var last = publish(probe, orders, 1).values().iterator().next();

                eventually(() -> assertThat(next.effects()).containsAll(last));
                assertThat(next.effects())
                        .containsExactlyElementsOf(
                                Stream.of(published, last).flatMap(List::stream).toList());
                assertThat(next.count("messaging.dead_letter")).isZero();
            }
        }
    }

    /// With the session time that launcher, compose and tests give the broker.
    @Test
    @Tag("promised-time")
    void the_partitions_of_a_killed_instance_move_to_another_one() {
        try (var probe = KafkaProbe.ofTestServers()) {
            probe.ensureTopic(topic.name(), 6);
            var orders = Stream.generate(UUID::randomUUID).limit(60).toList();
            try (var survivor = instance();
                    var victim = child(ListeningMain.STAY)) {
                victim.awaitOutput(ListeningMain.READY);
                var _ = publish(probe, orders, 1);
                eventually(() -> assertThat(survivor.effects()).hasSize(60));
                await("both have partitions").until(this::bothHavePartitions);

                victim.kill();
                var _ = publish(probe, orders, 1);

                TAKEOVER.until(() -> survivor.effects().size() == 120);
            }
        }
    }

    private boolean bothHavePartitions() throws IOException {
        var group = application + "." + ListeningService.CONSUMER;
        try (var log = EventLog.kafka(TestServers.kafkaBootstrapServers(), Duration.ofMinutes(1))) {
            return log.groups().stream()
                    .anyMatch(found ->
                            found.name().equals(group)
                                    && found.members() == 2
                                    && found.consuming());
        }
    }

    private ListeningService instance() {
        return ListeningService.on(database, TestServers.kafkaBootstrapServers())
                .with("spring.application.name", application)
                .start(topic);
    }

    private ChildJvm child(String mode) {
        return ChildJvm.run(
                ListeningMain.class,
                database.url(),
                database.username(),
                database.password(),
                TestServers.kafkaBootstrapServers(),
                application,
                topic.name(),
                mode);
    }

    /// So many events of each order, in turn; their ids by order.
    private Map<UUID, List<UUID>> publish(KafkaProbe probe, List<UUID> orders, int each) {
        var ids = new HashMap<UUID, List<UUID>>();
        IntStream.range(0, each)
                .forEach(_ ->
                        orders.forEach(order -> {
                            var id = UUID.randomUUID();
                            ids.computeIfAbsent(order, _ -> new ArrayList<>()).add(id);
                            probe.publish(
                                    topic.name(),
                                    order.toString(),
                                    ReceiversTest.attributes(id, order.toString()),
                                    "{\"orderId\":\"%s\"}".formatted(order).getBytes(UTF_8));
                        }));
        return ids;
    }
}
