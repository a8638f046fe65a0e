package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.Refusal;
import io.eventshop.launcher.demo.supervision.PartState;
import io.eventshop.launcher.demo.supervision.Seconds;
import io.eventshop.proof.drills.Repairs.Repair;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Two relays, one outbox: the one that is at work stands still.
final class TwoInstancesDrill implements Drill {

    private static final int ORDERS = 8;

    /// The database ends a relay's session after 15 s of silence.
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "two-instances";
    }

    @Override
    public String breaks() {
        return "Stops (SIGSTOP) the instance of order-service whose relay holds the outbox's"
                + " shards, in the middle of its work.";
    }

    @Override
    public String standsFor() {
        return "The split brain: two publishers of one outbox. Without a lock they overtake each"
                + " other; with a lease, the one that slept believes that it still has it.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        List<PartState> instances = bench.parts.of(Services.ORDER);
        if (instances.size() < 2) {
            throw Refusal.misuse(
                    "This drill needs two instances: start the demo with ./demo --instances"
                            + " order-service=2.");
        }
        PartState sleeper = instances.getFirst();
        List<PartState> others = instances.subList(1, instances.size());
        List<UUID> orders;
        List<Repair> sleep;
        try (var hold = OutboxHold.of(bench.database(Services.ORDER))) {
            List<Repair> aside = bench.parts.pause(others);
            orders = bench.orders.at(sleeper).place(ORDERS, "KEYBOARD-1");
            long shards = hold.publishButNotDelete(bench, orders);
            sleep = bench.parts.pause(List.of(sleeper));
            aside.forEach(Repair::close);
            bench.story.step(
                    "%s stands still; it has published %d events and holds %d of 4 shards",
                    sleeper.name(), ORDERS, shards);
            bench.story.table(
                    "the shards' locks",
                    List.of("shard", "session", "application", "doing"),
                    OutboxHold.holders(bench.database(Services.ORDER)));
        }
        long start = System.nanoTime();
        var later = bench.orders.at(others.getFirst()).place("KEYBOARD-1", 1);
        bench.story.step(
                "%s takes an order meanwhile, in %d ms",
                others.getFirst().name(), later.time().toMillis());
        bench.await(
                "the other relay to take over",
                TAKEN_OVER_WITHIN,
                () -> bench.evidence.unpublished() == 0);
        bench.story.step(
                "the outbox is empty: another relay has had the shards, after %s",
                Seconds.of(Duration.ofNanos(System.nanoTime() - start)));
        sleep.forEach(Repair::close);
        bench.story.step("%s goes on, into connections that were ended", sleeper.name());
        bench.await(
                "the mails",
                TAKEN_OVER_WITHIN,
                () ->
                        bench.evidence.areTold(orders)
                                && bench.evidence.areTold(List.of(later.id())));

        List<Event> all = bench.topics.of(Topics.ORDERS, orders);
        bench.evidence.records(
                "one order's records", bench.topics.of(Topics.ORDERS, List.of(orders.getFirst())));
        bench.evidence.orders("what came of them", orders);
        bench.story.promise(
                bench.topics.placed(orders).size() >= 2 * ORDERS,
                "both relays published the %d events, as %d records",
                ORDERS,
                bench.topics.placed(orders).size());
        bench.story.promise(
                firstVersions(all).values().stream().allMatch(List.of(1L, 2L)::equals),
                "of every order the first records came as version 1, 2");
        bench.story.promise(
                bench.evidence.reservations(orders) == ORDERS
                        && bench.evidence.mails(orders) == ORDERS,
                "%d reservations, %d mails",
                ORDERS,
                ORDERS);
        return "PostgreSQL took the shards from the session that had gone silent, and its delete"
                + " was undone; the other relay began at the oldest row that was still there."
                + " Each sent every key in order and without holes, so two at once cost"
                + " duplicates and nothing else.";
    }

    /// Of each key, the versions of its events in the order in which they first came.
    private static Map<String, List<Long>> firstVersions(List<Event> events) {
        return events.stream()
                .collect(
                        Collectors.groupingBy(
                                Event::key,
                                TreeMap::new,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        all ->
                                                all.stream()
                                                        .map(Event::version)
                                                        .distinct()
                                                        .toList())));
    }
}
