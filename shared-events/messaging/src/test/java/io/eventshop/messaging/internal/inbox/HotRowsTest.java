package io.eventshop.messaging.internal.inbox;

import static io.eventshop.testkit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventshop.contracts.Event;
import io.eventshop.launcher.servers.Database;
import io.eventshop.messaging.transport.Delivery;
import io.eventshop.testkit.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two instances whose batches all want the same eight rows.
@Tag("system")
class HotRowsTest {

    private static final int ROWS = 8;
    private static final int BATCHES = 30;
    private static final int BATCH_SIZE = 50;

    private final Database database = TestServers.database("hot");

    @Test
    void locking_the_whole_batch_first_no_two_batches_deadlock() {
        long deadlocks = run(true);

        assertThat(deadlocks).isZero();
    }

    @Test
    void without_that_they_do_and_are_repeated_until_all_is_applied() {
        long deadlocks = run(false);

        assertThat(deadlocks).isPositive();
    }

    private long run(boolean prepared) {
        try (var one = instance(prepared);
                var two = instance(prepared);
                var threads = Executors.newCachedThreadPool()) {
            one.jdbc.execute("drop table if exists hot");
            one.jdbc.execute("create table hot (n int primary key, amount int not null)");
            one.jdbc.execute("insert into hot select n, 0 from generate_series(0, 7) n");

            CompletableFuture.allOf(load(one, 1, threads), load(two, 2, threads)).join();

            int applied = 2 * BATCHES * BATCH_SIZE;
            assertThat(one.effects()).hasSize(applied);
            assertThat(one.count("messaging.dead_letter")).isZero();
            assertThat(one.jdbc.queryForObject("select sum(amount) from hot", Integer.class))
                    .isEqualTo(applied);
            return deadlocks(one);
        }
    }

    private InboxFixture instance(boolean prepared) {
        // Deadlocks without preparation are constant here: more repetitions, not another outcome.
        var fixture = new InboxFixture(database, Map.of("eventshop.inbox.attempts-max", "10"));
        fixture.before =
                event ->
                        fixture.jdbc.update(
                                "update hot set amount = amount + 1 where n = ?",
                                row(event.orderId()));
        if (prepared) {
            fixture.preparation = events -> lock(fixture, events);
        }
        return fixture;
    }

    private static void lock(InboxFixture fixture, List<Event> events) {
        var rows =
                events.stream()
                        .map(event -> row(UUID.fromString(event.aggregateId())))
                        .distinct()
                        .toArray(Integer[]::new);
        var _ =
                fixture.jdbc.query(
                        "select n from hot where n = any (?) order by n for update",
                        (row, _) -> row.getInt(1),
                        (Object) rows);
    }

    private static int row(UUID orderId) {
        return Math.floorMod(orderId.hashCode(), ROWS);
    }

    private static CompletableFuture<Void> load(
            InboxFixture fixture, long seed, ExecutorService threads) {
        var random = new Random(seed);
        var arrivals = new Arrivals();
        var batches =
                IntStream.range(0, BATCHES)
                        .mapToObj(_ ->
                                Stream.generate(() ->
                                                arrivals.of(
                                                        new UUID(
                                                                random.nextLong(),
                                                                random.nextLong())))
                                        .limit(BATCH_SIZE)
                                        .toArray(Delivery[]::new))
                        .toList();
        return CompletableFuture.runAsync(() -> batches.forEach(fixture::receive), threads);
    }

    /// The server's statistics are a second behind.
    private static long deadlocks(InboxFixture fixture) {
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        Long deadlocks =
                fixture.jdbc.queryForObject(
                        "select deadlocks from pg_stat_database where datname = current_database()",
                        Long.class);
        return deadlocks == null ? 0 : deadlocks;
    }
}
