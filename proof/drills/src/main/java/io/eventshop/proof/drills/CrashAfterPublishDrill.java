package io.eventshop.proof.drills;

import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The gap between the broker's acknowledgement and the outbox's commit.
final class CrashAfterPublishDrill implements Drill {

    private static final int ORDERS = 3;
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final Duration ENDED_WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "crash-after-publish";
    }

    @Override
    public String breaks() {
        return "Kills order-service (kill -9) after Kafka has acknowledged its events and before it"
                + " has deleted them from the outbox. A lock on those rows keeps that moment"
                + " open.";
    }

    @Override
    public String standsFor() {
        return "The dual write: no transaction spans a database and a broker, so whoever writes to"
                + " both can die in between. Written one way round it loses the event, the other"
                + " way round it sends it twice.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        List<UUID> orders;
        List<Event> first;
        try (var hold = OutboxHold.of(bench.database(Services.ORDER))) {
            orders = bench.orders.place(ORDERS, "HEADSET-1");
            bench.story.step("%d orders are accepted, their events are in the outbox", ORDERS);
            var _ = hold.publishButNotDelete(bench, orders);
            first = bench.topics.placed(orders);
            bench.evidence.records("published", first);
            bench.story.table(
                    "the relay's sessions in the database",
                    List.of("shard", "session", "application", "doing"),
                    OutboxHold.holders(bench.database(Services.ORDER)));
            bench.story.promise(
                    left(bench, first) == ORDERS,
                    "%d events are on the topic and still in the outbox",
                    ORDERS);
            bench.parts.kill(bench.parts.of(Services.ORDER));
            bench.story.step("kill -9 order-service, every instance");
        }

        bench.await(
                "the dead relay's sessions to end",
                SOON,
                () -> OutboxHold.holders(bench.database(Services.ORDER)).isEmpty());
        bench.story.promise(
                left(bench, first) == ORDERS,
                "the delete went with its transaction: %d events are in the outbox",
                ORDERS);
        bench.parts.awaitReady();
        bench.story.step("order-service is back");
        bench.await("the orders to end", ENDED_WITHIN, () -> bench.evidence.areTold(orders));
        List<Event> all = bench.topics.placed(orders);
        bench.evidence.records("published in all", all);
        bench.evidence.orders("what came of it", orders);
        bench.story.promise(
                all.size() >= 2 * ORDERS && Event.ids(all).size() == ORDERS,
                "%d events were published as %d records",
                ORDERS,
                all.size());
        bench.story.promise(
                bench.evidence.reservations(orders) == ORDERS
                        && bench.evidence.mails(orders) == ORDERS,
                "%d reservations and %d mails, one of each for an order",
                ORDERS,
                ORDERS);
        return "the row is deleted only after the acknowledgement, so a crash in between costs a"
                + " second record and never the first. It has the same event id, so consumers"
                + " drop it.";
    }

    private static long left(Bench bench, List<Event> events) throws SQLException {
        return Sql.count(
                bench.database(Services.ORDER),
                "select count(*) from messaging.outbox where id = any(?)",
                Event.ids(events).stream().map(UUID::fromString).toList());
    }
}
