package io.eventshop.proof.system.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventshop.contracts.Topic;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.contracts.shop.Topics;
import io.eventshop.launcher.servers.EventLog;
import io.eventshop.launcher.servers.RawRecord;
import io.eventshop.proof.shop.History;
import io.eventshop.proof.system.Dice;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Records that no service sends at that moment: once more, late, or broken. Each is told to the
/// history, so that the check knows whose they are.
final class Records implements AutoCloseable {

    private static final int COUNT_MAX = 20;

    /// Longer than any outage in a plan; the fault ends late, and nothing is sent twice.
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(5);

    private final AtomicInteger copies = new AtomicInteger();
    private final History history;
    private final EventLog log;

    Records(String bootstrapServers, History history) {
        this.history = history;
        this.log = EventLog.kafka(bootstrapServers, TAKEN_WITHIN);
    }

    /// The newest records of a partition, byte by byte, as a producer sends them that has missed
    /// its acknowledgements.
    void repeatNewest(Dice dice) throws IOException {
        int count = 1 + dice.below(COUNT_MAX);
        repeat(dice, 1, count, "again");
    }

    /// Records from long ago, which everybody has forgotten.
    void repeatOld(Dice dice) throws IOException {
        int count = 1 + dice.below(COUNT_MAX);
        double point = dice.below(500) / 1_000.0;
        repeat(dice, point, count, "late");
    }

    private synchronized void repeat(Dice dice, double point, int count, String why)
            throws IOException {
        Topic topic = dice.chance(0.7) ? Topics.ORDERS : dice.oneOf(ShopEvents.CATALOG.topics());
        String lane = Integer.toString(dice.below(Topic.PARTITIONS));
        for (var record : log.excerpt(topic.name(), lane, point, count)) {
            send(record.raw(), why);
            copies.incrementAndGet();
        }
    }

    /// Bytes that are no event at all, under a key of their own.
    void sendUnreadable(Dice dice) throws IOException {
        var topic = dice.oneOf(Topics.ORDERS, Topics.RESERVATIONS).name();
        send(RawRecord.of(topic, ownKey(dice), Map.of(), dice.bytes(200)), "unreadable");
    }

    /// An event of a type that is handled, with contents that cannot be, under a key of its own.
    void sendInvalid(Dice dice) throws IOException {
        boolean order = dice.chance(0.5);
        var topic = order ? Topics.ORDERS : Topics.RESERVATIONS;
        var key = ownKey(dice);
        var headers =
                Map.of(
                        "content-type",
                        "application/json",
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        ownKey(dice),
                        "ce_source",
                        topic.source(),
                        "ce_type",
                        order
                                ? "org.eventshop.orders.order-placed.v2"
                                : "org.eventshop.reservations.stock-reserved.v1",
                        "ce_subject",
                        key,
                        "ce_partitionkey",
                        key,
                        "ce_time",
                        "2026-01-01T00:00:00Z",
                        "ce_aggregateversion",
                        "1",
                        "ce_correlationid",
                        "chaos");
        var value = "{\"orderId\":\"%s\",\"lines\":\"none\"}".formatted(key);
        send(RawRecord.of(topic.name(), key, headers, value.getBytes(UTF_8)), "invalid");
    }

    private static String ownKey(Dice dice) {
        return UUID.nameUUIDFromBytes(dice.bytes(16)).toString();
    }

    private void send(RawRecord record, String why) throws IOException {
        history.recordInjected(log.write(record), why);
    }

    /// How many records were sent that a service had sent before.
    int copies() {
        return copies.get();
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
