package io.eventshop.messaging.internal.outbox;

import static io.eventshop.testkit.Eventually.always;
import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.orders.OrderConfirmed;
import io.eventshop.launcher.servers.Ports;
import io.eventshop.launcher.servers.WireRecord;
import io.eventshop.messaging.EventMetadata;
import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.OutgoingRecord;
import io.eventshop.messaging.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The relay against real servers, without faults that take long; see [RelayFaultsTest] for those.
class RelayTest {

    private TestShop shop;

    private final UUID orderId = UUID.randomUUID();

    RelayTest() {
        shop = TestShop.open();
    }

    @AfterEach
    void closeShop() {
        shop.close();
    }

    @Test
    void an_event_is_published_as_a_cloud_event_in_binary_mode() {
        Relay _ = shop.startRelay();

        EventMetadata metadata = shop.confirm(orderId);
        shop.awaitDrained();

        assertThat(shop.published())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(orderId.toString());
                    assertThat(record.json().toString())
                            .isEqualTo("{\"orderId\":\"" + orderId + "\"}");
                    assertThat(record.headers())
                            .containsExactlyInAnyOrderEntriesOf(
                                    Map.ofEntries(
                                            Map.entry("ce_specversion", "1.0"),
                                            Map.entry("ce_id", metadata.id().toString()),
                                            Map.entry("ce_source", "/order-service"),
                                            Map.entry(
                                                    "ce_type",
                                                    "org.eventshop.orders.order-confirmed.v1"),
                                            Map.entry(
                                                    "ce_dataschema",
                                                    "http://localhost:8081/schemas/orders.order-confirmed/1.0.0"),
                                            Map.entry("ce_subject", orderId.toString()),
                                            Map.entry("ce_partitionkey", orderId.toString()),
                                            Map.entry("ce_time", metadata.time().toString()),
                                            Map.entry("ce_aggregateversion", "1"),
                                            Map.entry("ce_correlationid", metadata.correlationId()),
                                            Map.entry("content-type", "application/json")));
                });
    }

    @Test
    void nothing_is_published_for_a_transaction_that_rolled_back() {
        Relay _ = shop.startRelay();
        var rolledBack = UUID.randomUUID();

        shop.transaction.executeWithoutResult(status -> {
            shop.append(new OrderConfirmed(rolledBack));
            status.setRollbackOnly();
        });
        EventMetadata _ = shop.confirm(orderId);
        shop.awaitDrained();

        assertThat(shop.published())
                .extracting(WireRecord::key)
                .containsExactly(orderId.toString());
    }

    /// What it could not delete it would publish with every pass.
    @Test
    void nothing_is_published_while_the_database_takes_no_writes() {
        EventMetadata _ = shop.confirm(orderId);
        shop.takeWrites(false);

        Relay _ = shop.startRelay();
        shop.awaitMoment(Duration.ofSeconds(2));
        assertThat(shop.published()).isEmpty();
        shop.takeWrites(true);
        shop.awaitDrained();

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L);
    }

    @Test
    void every_committed_event_arrives_once_and_in_order_and_the_outbox_is_empty_then()
            throws Exception {
        Relay _ = shop.startRelay();
        Relay _ = shop.startRelay();
        List<UUID> orders = IntStream.range(0, 20).mapToObj(_ -> UUID.randomUUID()).toList();

        try (var writers = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 400; i++) {
                UUID order = orders.get(i % orders.size());
                writers.execute(() -> {
                    EventMetadata _ = shop.confirm(order);
                });
            }
        }
        shop.awaitDrained();

        Map<String, List<Long>> versions =
                shop.published().stream()
                        .collect(
                                Collectors.groupingBy(
                                        record -> String.valueOf(record.key()),
                                        Collectors.mapping(
                                                TestShop::version, Collectors.toList())));
        assertThat(versions).hasSize(20);
        assertThat(versions.values())
                .allSatisfy(ofOrder ->
                        assertThat(ofOrder)
                                .containsExactlyElementsOf(
                                        LongStream.rangeClosed(1, 20).boxed().toList()));
    }

    /// A cursor over a sequence would have passed it by for ever.
    @Test
    void an_event_that_commits_late_is_published_although_later_ones_are_gone() throws Exception {
        Relay _ = shop.startRelay();
        var appended = new CountDownLatch(1);
        var overtaken = new CountDownLatch(1);
        UUID early = orderInTheShardOf(orderId);

        Thread lateCommitter =
                Thread.ofVirtual()
                        .start(() ->
                                shop.transaction.executeWithoutResult(_ -> {
                                    shop.append(new OrderConfirmed(early));
                                    appended.countDown();
                                    awaitUninterruptibly(overtaken);
                                }));
        awaitUninterruptibly(appended);
        EventMetadata _ = shop.confirm(orderId);
        shop.awaitDrained();
        assertThat(shop.published())
                .extracting(WireRecord::key)
                .containsExactly(orderId.toString());
        overtaken.countDown();
        lateCommitter.join();
        shop.awaitDrained();

        assertThat(shop.publishedVersions(early)).containsExactly(1L);
        assertThat(shop.published()).hasSize(2);
    }

    /// A range delete would remove it unsent.
    @Test
    void an_event_that_commits_while_its_neighbours_are_sent_is_not_deleted_with_them()
            throws Exception {
        UUID before = orderInTheShardOf(orderId);
        UUID late = orderInTheShardOf(orderId);
        UUID after = orderInTheShardOf(orderId);
        EventMetadata _ = shop.confirm(before);
        var sending = new CountDownLatch(1);
        var committed = new CountDownLatch(1);
        var appended = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        Thread lateCommitter =
                Thread.ofVirtual()
                        .start(() ->
                                shop.transaction.executeWithoutResult(_ -> {
                                    shop.append(new OrderConfirmed(late));
                                    appended.countDown();
                                    awaitUninterruptibly(commit);
                                }));
        awaitUninterruptibly(appended);
        EventMetadata _ = shop.confirm(after);

        Relay _ = shop.startRelay(() -> new PausingTransport(sending, committed));
        awaitUninterruptibly(sending);
        commit.countDown();
        lateCommitter.join();
        committed.countDown();
        shop.awaitDrained();

        assertThat(shop.published())
                .extracting(WireRecord::key)
                .containsExactlyInAnyOrder(before.toString(), late.toString(), after.toString());
    }

    @Test
    void a_shard_that_another_relay_holds_is_left_alone() {
        EventMetadata _ = shop.confirm(orderId);
        var queue = new ShardQueue(shop.relayJdbc, Shard.of(orderId.toString()));

        shop.relayTransaction.executeWithoutResult(_ -> {
            assertThat(queue.tryLock()).isTrue();
            Relay _ = shop.startRelay();
            always(Duration.ofSeconds(1), () -> assertThat(shop.published()).isEmpty());
        });
        shop.awaitDrained();

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L);
    }

    /// Otherwise a broker that is slow to answer would hold up vacuum in the whole database.
    @Test
    void a_relay_that_waits_for_the_broker_holds_neither_a_transaction_id_nor_a_snapshot() {
        var sending = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        EventMetadata _ = shop.confirm(orderId);

        Relay _ = shop.startRelay(() -> new PausingTransport(sending, answer));
        awaitUninterruptibly(sending);

        try {
            await().untilAsserted(() ->
                    assertThat(
                                    shop.jdbc
                                            .sql(
                                                    """
                                                    select coalesce(backend_xid::text, '-') || coalesce(backend_xmin::text, '-')
                                                    from pg_stat_activity
                                                    where datname = current_database()
                                                      and application_name = 'outbox-relay'
                                                      and state = 'idle in transaction'
                                                    """)
                                            .query(String.class)
                                            .list())
                            .containsExactly("--"));
        } finally {
            answer.countDown();
        }
    }

    @Test
    void requests_get_database_connections_while_kafka_is_down() {
        Relay _ =
                shop.startRelay(() -> TestKafka.transport("localhost:" + Ports.free(), shop.topic));

        // A request that finds no connection fails after two seconds.
        for (int i = 0; i < 50; i++) {
            EventMetadata _ = shop.confirm(UUID.randomUUID());
        }

        assertThat(shop.backlog()).isEqualTo(50);
    }

    @Test
    void a_record_that_is_refused_alone_parks_its_key_and_only_its_key() {
        UUID poisoned = orderInTheShardOf(orderId);
        EventMetadata _ = shop.confirm(orderId);
        EventMetadata refused = shop.confirm(poisoned);
        EventMetadata _ = shop.confirm(poisoned);

        Relay _ = shop.startRelay(() -> new RefusingTransport(refused.id()));
        await().untilAsserted(() ->
                assertThat(shop.parkedKeys.list())
                        .singleElement()
                        .satisfies(parked -> {
                            assertThat(parked.key()).isEqualTo(poisoned.toString());
                            assertThat(parked.eventId()).isEqualTo(refused.id());
                            assertThat(parked.waiting()).isEqualTo(2);
                        }));
        EventMetadata _ = shop.confirm(orderId);
        await().until(() -> shop.backlog() == 2);

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 2L);
        assertThat(shop.publishedVersions(poisoned)).isEmpty();
    }

    @Test
    void a_parked_key_that_is_retried_is_published_in_its_old_order() {
        EventMetadata refused = shop.confirm(orderId);
        EventMetadata _ = shop.confirm(orderId);
        Relay _ = shop.startRelay(() -> new RefusingTransport(refused.id()));
        await().until(() -> shop.parkedKeys.list().size() == 1);
        EventMetadata _ = shop.confirm(orderId);
        shop.stopRelays();
        Relay _ = shop.startRelay();
        EventMetadata _ = shop.confirm(orderId);

        boolean retried =
                shop.parkedKeys.retry(
                        "orders.events", orderId.toString(), "ann", "the limit was raised");
        shop.awaitDrained();

        assertThat(retried).isTrue();
        assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(shop.parkedKeys.list()).isEmpty();
    }

    @Test
    void a_refused_event_that_is_discarded_lets_the_rest_of_its_key_go_on() {
        EventMetadata refused = shop.confirm(orderId);
        EventMetadata _ = shop.confirm(orderId);
        Relay _ = shop.startRelay(() -> new RefusingTransport(refused.id()));
        await().until(() -> shop.parkedKeys.list().size() == 1);

        boolean discarded =
                shop.parkedKeys.discard("orders.events", orderId.toString(), "ann", "a test event");
        shop.awaitDrained();

        assertThat(discarded).isTrue();
        assertThat(shop.publishedVersions(orderId)).containsExactly(2L);
        assertThat(shop.parkedKeys.discard("orders.events", orderId.toString(), "ann", "again"))
                .isFalse();
    }

    /// The broker refuses whole batches, of which only one record is too large.
    @Test
    void neighbours_of_a_record_that_the_broker_refuses_are_published() {
        List<UUID> small =
                IntStream.range(0, 30).mapToObj(_ -> orderInTheShardOf(orderId)).toList();
        small.subList(0, 15)
                .forEach(order -> {
                    EventMetadata _ = shop.confirm(order);
                });
        shop.transaction.executeWithoutResult(_ -> {
            shop.append(TestEvents.orderPlacedOfSize(orderId, 20_000));
        });
        small.subList(15, 30)
                .forEach(order -> {
                    EventMetadata _ = shop.confirm(order);
                });
        TestKafka.limitRecordSize(shop.bootstrapServers, shop.topic, 10_000);

        Relay _ = shop.startRelay();
        await().until(() -> shop.backlog() == 1);

        assertThat(shop.published())
                .extracting(WireRecord::key)
                .containsExactlyInAnyOrderElementsOf(small.stream().map(UUID::toString).toList());
        assertThat(shop.parkedKeys.list())
                .extracting(ParkedKeys.Parked::key)
                .containsExactly(orderId.toString());
    }

    /// Over a slow link no pass may ever succeed as a whole, and the backlog has to shrink all the
    /// same.
    @Test
    void what_a_failed_pass_has_published_is_not_sent_again() {
        for (int i = 0; i < 3; i++) {
            EventMetadata _ = shop.confirm(orderId);
        }

        Relay _ = shop.startRelay(LosingTransport::new);
        shop.awaitDrained();

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_clock_that_jumps_parks_nothing() {
        shop.close();
        shop = TestShop.open(new JumpingClock());
        Relay _ = shop.startRelay();

        for (int i = 0; i < 8; i++) {
            EventMetadata _ = shop.confirm(orderId);
        }
        shop.awaitDrained();

        assertThat(shop.publishedVersions(orderId)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(shop.parkedKeys.list()).isEmpty();
    }

    private static UUID orderInTheShardOf(UUID other) {
        UUID candidate = UUID.randomUUID();
        while (Shard.of(candidate.toString()) != Shard.of(other.toString())) {
            candidate = UUID.randomUUID();
        }
        return candidate;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> latch.getCount() == 0);
    }

    /// The real transport, which first says that it has records and then waits for the test.
    private final class PausingTransport implements Transport {

        private final Transport kafka = TestKafka.transport(shop.bootstrapServers, shop.topic);
        private final CountDownLatch sending;
        private final CountDownLatch proceed;

        private PausingTransport(CountDownLatch sending, CountDownLatch proceed) {
            this.sending = sending;
            this.proceed = proceed;
        }

        @Override
        public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
            sending.countDown();
            awaitUninterruptibly(proceed);
            return kafka.send(records, deadline);
        }

        @Override
        public void close() {
            kafka.close();
        }
    }

    /// The real transport, except that one event is refused, with all that are sent together with
    /// it.
    private final class RefusingTransport implements Transport {

        private final Transport kafka = TestKafka.transport(shop.bootstrapServers, shop.topic);
        private final String refused;

        private RefusingTransport(UUID refused) {
            this.refused = refused.toString();
        }

        @Override
        public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
            if (records.stream().noneMatch(it -> refused.equals(it.attributes().get("id")))) {
                return kafka.send(records, deadline);
            }
            return records.stream()
                    .<Outcome>map(_ -> new Outcome.Refused("refused by the test"))
                    .toList();
        }

        @Override
        public void close() {
            kafka.close();
        }
    }

    /// The real transport, except that it is cut off after the first record of each pass.
    private final class LosingTransport implements Transport {

        private final Transport kafka = TestKafka.transport(shop.bootstrapServers, shop.topic);

        @Override
        public List<Outcome> send(List<OutgoingRecord> records, Duration deadline) {
            var outcomes = new ArrayList<>(kafka.send(records.subList(0, 1), deadline));
            while (outcomes.size() < records.size()) {
                outcomes.add(new Outcome.Unknown("lost by the test"));
            }
            return outcomes;
        }

        @Override
        public void close() {
            kafka.close();
        }
    }

    /// Ten years back and forth with every look at it.
    private static final class JumpingClock extends Clock {

        private final AtomicInteger looks = new AtomicInteger();

        @Override
        public Instant instant() {
            long days = looks.incrementAndGet() % 2 == 0 ? 3650 : -3650;
            return Instant.parse("2026-11-23T10:00:00Z").plus(Duration.ofDays(days));
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
