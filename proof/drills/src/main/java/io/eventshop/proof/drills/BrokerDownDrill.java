package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.supervision.Seconds;
import io.eventshop.proof.drills.Repairs.Repair;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Nobody answers at the broker's port.
final class BrokerDownDrill implements Drill {

    private static final Duration OUTAGE = Duration.ofSeconds(12);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int LOOK_EVERY = 30;
    private static final Duration BACK_WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "broker-down";
    }

    @Override
    public String breaks() {
        return "Stops Kafka's process (SIGSTOP) for %d s and places ten orders a second meanwhile. It"
                        .formatted(OUTAGE.toSeconds())
                + " still takes connections and answers none, which is worse than a closed port.";
    }

    @Override
    public String standsFor() {
        return "The broker outage: services that publish within the request fail or hang with it,"
                + " and those that retry a few times lose what they gave up.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        var placed = new ArrayList<Orders.Placed>();
        var samples = new ArrayList<List<String>>();
        List<Repair> outage = bench.parts.pause(bench.parts.kafka());
        bench.story.step("Kafka answers nobody");

        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < OUTAGE.toNanos(); i++) {
            long due = start + i * PACE.toNanos();
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            placed.add(bench.orders.place("MOUSE-1", 1));
            if (i % LOOK_EVERY == LOOK_EVERY - 1) {
                samples.add(sample(bench, start, ids(placed)));
            }
        }
        List<UUID> orders = ids(placed);
        long waiting = bench.evidence.unpublished();
        samples.add(sample(bench, start, orders));
        bench.story.table(
                "during the outage",
                List.of("time", "orders accepted", "still PENDING", "events in the outbox"),
                samples);

        outage.forEach(Repair::close);
        long back = System.nanoTime();
        bench.story.step("Kafka answers again");
        bench.await("the outbox to drain", BACK_WITHIN, () -> bench.evidence.pending(orders) == 0);
        Duration drained = Duration.ofNanos(System.nanoTime() - back);
        bench.await("the mails", BACK_WITHIN, () -> bench.evidence.areTold(orders));
        samples.clear();
        samples.add(sample(bench, start, orders));
        bench.story.table(
                "after it",
                List.of("time", "orders accepted", "still PENDING", "events in the outbox"),
                samples);

        promises(bench, placed, waiting, drained);
        return "orders were taken all the while, because placing one needs the database only. Their"
                + " events waited in the outbox and left it in order when the broker was back;"
                + " nobody had to do anything.";
    }

    private static void promises(
            Bench bench, List<Orders.Placed> placed, long waiting, Duration drained)
            throws IOException, SQLException {
        List<UUID> orders = ids(placed);
        List<Long> millis = placed.stream().map(it -> it.time().toMillis()).sorted().toList();
        bench.story.promise(
                millis.getLast() < 2_000,
                "%d of %d orders were accepted, in %d ms as a rule and %d ms at most",
                orders.size(),
                orders.size(),
                millis.get(millis.size() / 2),
                millis.getLast());
        bench.story.promise(waiting >= orders.size(), "%d events waited in the outbox", waiting);
        bench.story.promise(
                bench.evidence.confirmed(orders) == orders.size()
                        && bench.evidence.reservations(orders) == orders.size(),
                "%s after its end every order was confirmed, each with one reservation",
                Seconds.of(drained));
        long records =
                bench.topics.of(Topics.ORDERS, orders).stream()
                        .filter(event -> event.version() == 1)
                        .count();
        bench.story.promise(
                records >= orders.size(),
                "%d OrderPlaced are on the topic, %d of them again because an answer was lost",
                records,
                records - orders.size());
    }

    private static List<String> sample(Bench bench, long start, List<UUID> orders)
            throws SQLException {
        return List.of(
                Seconds.of(Duration.ofNanos(System.nanoTime() - start)),
                Integer.toString(orders.size()),
                Long.toString(bench.evidence.pending(orders)),
                Long.toString(bench.evidence.unpublished()));
    }

    private static List<UUID> ids(List<Orders.Placed> placed) {
        return placed.stream().map(Orders.Placed::id).toList();
    }
}
