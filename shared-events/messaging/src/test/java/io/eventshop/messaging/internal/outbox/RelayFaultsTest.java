package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.launcher.servers.KafkaServer;
import io.eventshop.launcher.servers.Signal;
import io.eventshop.launcher.servers.Trees;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.Transport;
import io.eventshop.testkit.PromisedTime;
import io.eventshop.testkit.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the relay promises while processes are paused and killed, brokers vanish and producers are
/// closed under it.
@Proof(quarters = 3)
class RelayFaultsTest {

    private static final PromisedTime TAKEOVER =
            new PromisedTime("another instance relays for a paused one", Duration.ofSeconds(25));

    /// Its own, because one of the tests kills it.
    private static final KafkaServer kafka = new KafkaServer(Trees.temporary("kafka"), 0);

    private final UUID orderId = UUID.randomUUID();
    private final TestShop shop = TestShop.open(kafka.bootstrapServers());

    @BeforeAll
    static void startKafka() {
        kafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.stop();
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    /// On first sight: a record that is seen again was seen in its place before, and the inbox
    /// drops it.
    @Test
    void each_key_keeps_its_order_under_two_relays_closed_producers_and_refusals()
            throws InterruptedException {
        List<UUID> orders = IntStream.range(0, 50).mapToObj(_ -> UUID.randomUUID()).toList();
        Queue<Transport> transports = new ConcurrentLinkedQueue<>();
        Relay _ = shop.startRelay(() -> remembered(transports));
        Relay _ = shop.startRelay(() -> remembered(transports));
        int eventsPerOrder = 100;

        var writing = new AtomicBoolean(true);
        Thread chaos =
                Thread.ofPlatform().start(() -> makeTrouble(List.copyOf(transports), writing));
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < orders.size() * eventsPerOrder; i++) {
                UUID order = orders.get(i % orders.size());
                writers.execute(() -> {
                    EventMetadata _ = shop.confirm(order);
                });
            }
        }
        writing.set(false);
        chaos.join();
        TestKafka.limitRecordSize(shop.bootstrapServers, shop.topic, 1_100_000);
        await().until(() -> {
            retryAllParked();
            return shop.backlog() == 0;
        });

        List<Long> all = LongStream.rangeClosed(1, eventsPerOrder).boxed().toList();
        Map<String, List<Long>> firstSights = firstSights(shop.published());
        assertThat(firstSights).hasSize(orders.size());
        assertThat(firstSights.values())
                .allSatisfy(versions -> assertThat(versions).containsExactlyElementsOf(all));
    }

    private Transport remembered(Queue<Transport> transports) {
        Transport transport = TestKafka.transport(shop.bootstrapServers, shop.topic);
        transports.add(transport);
        return transport;
    }

    /// Closes producers while they send, lets the broker refuse everything for moments, and retries
    /// the keys that were parked by that.
    private void makeTrouble(List<Transport> transports, AtomicBoolean writing) {
        var random = new Random(7);
        while (writing.get()) {
            transports.get(random.nextInt(transports.size())).close();
            if (random.nextInt(20) == 0) {
                TestKafka.limitRecordSize(shop.bootstrapServers, shop.topic, 100);
                shop.awaitMoment(Duration.ofMillis(random.nextInt(200)));
                TestKafka.limitRecordSize(shop.bootstrapServers, shop.topic, 1_100_000);
            }
            retryAllParked();
            shop.awaitMoment(Duration.ofMillis(random.nextInt(40)));
        }
    }

    private void retryAllParked() {
        shop.parkedKeys
                .list()
                .forEach(parked -> {
                    boolean _ =
                            shop.parkedKeys.retry("orders.events", parked.key(), "test", "again");
                });
    }

    @Test
    @Tag("promised-time")
    void a_paused_relay_loses_its_shards_to_another_instance() throws Exception {
        EventMetadata _ = shop.confirm(orderId);
        Process holder = RelayProgram.start(shop, RelayProgram.Fate.HANG);
        try {
            await().until(() -> shop.published().size() == 1);
            Signal.STOP.send(holder.pid());

            Relay _ = shop.startRelay();
            TAKEOVER.until(() -> shop.backlog() == 0);

            assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 1L);
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_relay_killed_between_acknowledgement_and_delete_causes_a_duplicate_and_no_loss()
            throws Exception {
        EventMetadata metadata = shop.confirm(orderId);
        Process killed = RelayProgram.start(shop, RelayProgram.Fate.HALT);
        assertThat(killed.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(shop.backlog()).isEqualTo(1);

        Relay _ = shop.startRelay();
        EventMetadata _ = shop.confirm(orderId);
        shop.awaitDrained();

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 1L, 2L);
        assertThat(shop.published())
                .filteredOn(record -> TestShop.version(record) == 1)
                .extracting(WireRecord::id)
                .containsOnly(metadata.id());
    }

    @Test
    void a_broker_that_is_down_for_a_minute_loses_nothing_and_is_found_again() {
        Relay _ = shop.startRelay();
        EventMetadata _ = shop.confirm(orderId);
        shop.awaitDrained();

        kafka.kill();
        for (int i = 0; i < 60; i++) {
            EventMetadata _ = shop.confirm(orderId);
            shop.awaitMoment(Duration.ofSeconds(1));
        }
        assertThat(shop.backlog()).isEqualTo(60);
        assertThat(shop.parkedKeys.list()).isEmpty();
        kafka.start();
        shop.awaitDrained();

        assertThat(firstSights(shop.published()).get(orderId.toString()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 61).boxed().toList());
        assertThat(shop.parkedKeys.list()).isEmpty();
    }

    /// The planner's worst case is a table that was empty when it was last looked at: a pass took
    /// it two hundred times as long.
    @Test
    void a_backlog_drains_as_fast_under_statistics_of_an_empty_table_as_under_fresh_ones() {
        Duration _ = drain(50_000, "");
        Duration fresh = drain(200_000, "");
        Duration stale = drain(200_000, "analyze messaging.outbox");

        assertThat(stale).isLessThan(fresh.multipliedBy(10));
    }

    private Duration drain(int rows, String whileEmpty) {
        shop.withoutAutovacuum();
        if (!whileEmpty.isEmpty()) {
            shop.execute(whileEmpty);
        }
        shop.fillBacklog(rows);
        if (whileEmpty.isEmpty()) {
            shop.execute("analyze messaging.outbox");
        }
        long start = System.nanoTime();
        Relay _ = shop.startRelay();
        shop.awaitDrained();
        var took = Duration.ofNanos(System.nanoTime() - start);
        shop.stopRelays();
        System.out.printf(
                "drained %,d rows in %,d ms, %s%n",
                rows, took.toMillis(), whileEmpty.isEmpty() ? "analysed" : "analysed while empty");
        return took;
    }

    private static Map<String, List<Long>> firstSights(List<WireRecord> records) {
        Set<UUID> seen = new HashSet<>();
        Map<String, List<Long>> versions = new HashMap<>();
        for (WireRecord record : records) {
            if (seen.add(record.id())) {
                versions.computeIfAbsent(String.valueOf(record.key()), _ -> new ArrayList<>())
                        .add(TestShop.version(record));
            }
        }
        return versions;
    }
}
