package io.eventshop.proof.drills;

import io.eventshop.launcher.demo.supervision.Seconds;
import io.eventshop.proof.drills.Repairs.Repair;
import io.eventshop.proof.shop.Services;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A consumer stands still for longer than its group waits for it.
final class SlowConsumerDrill implements Drill {

    /// The group gives a member up after 6 s.
    private static final int STILL_SECONDS = 10;

    private static final int ORDERS_EACH_SECOND = 3;
    private static final Duration BACK_WITHIN = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "slow-consumer";
    }

    @Override
    public String breaks() {
        return "Stops inventory-service (SIGSTOP) for %d s, as a long garbage collection would, while"
                        .formatted(STILL_SECONDS)
                + " orders come in.";
    }

    @Override
    public String standsFor() {
        return "The zombie consumer: a process stands still, loses its partitions to others without"
                + " knowing, and goes on with what it had in its hands when it wakes up.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        int members = bench.topics.members(Readers.RESERVATIONS);
        var orders = new ArrayList<UUID>();
        var samples = new ArrayList<List<String>>();
        samples.add(sample(bench, "before", orders));
        List<Repair> stop = bench.parts.pause(bench.parts.of(Services.INVENTORY));
        bench.story.step("inventory-service stands still");

        for (int second = 1; second <= STILL_SECONDS; second++) {
            orders.addAll(bench.orders.place(ORDERS_EACH_SECOND, "WEBCAM-1"));
            Thread.sleep(Duration.ofSeconds(1));
            if (second % 2 == 0) {
                samples.add(sample(bench, second + " s", orders));
            }
        }
        long lag = bench.topics.lag(Readers.RESERVATIONS);
        long pending = bench.evidence.pending(orders);
        int membersLeft = bench.topics.members(Readers.RESERVATIONS);

        stop.forEach(Repair::close);
        long start = System.nanoTime();
        bench.story.step("inventory-service goes on");
        bench.await("the orders to end", BACK_WITHIN, () -> bench.evidence.areTold(orders));
        String time = Seconds.of(Duration.ofNanos(System.nanoTime() - start));
        bench.await(
                "the group to be complete",
                BACK_WITHIN,
                () ->
                        bench.topics.members(Readers.RESERVATIONS) == members
                                && bench.topics.lag(Readers.RESERVATIONS) == 0);
        samples.add(sample(bench, "after", orders));
        bench.story.table(
                "the group " + Readers.RESERVATIONS.group(),
                List.of("", "state", "members", "records behind", "orders", "PENDING", "reserved"),
                samples);

        bench.story.promise(
                lag >= orders.size() && pending == orders.size(),
                "%d orders were accepted and waited, %d records lay before the consumer",
                orders.size(),
                lag);
        bench.story.promise(
                membersLeft == 0,
                "members of the group: %d before, %d while it stood still",
                members,
                membersLeft);
        bench.story.promise(
                bench.evidence.confirmed(orders) == orders.size()
                        && bench.evidence.reservations(orders) == orders.size(),
                "all %d were confirmed, each with one reservation, %s after it went on",
                orders.size(),
                time);
        return "nothing was lost, it only came later: records stay on the topic, and the offset"
                + " moves after the effect has committed. A zombie cannot do harm twice, since"
                + " its marks and its effects are one transaction.";
    }

    private static List<String> sample(Bench bench, String when, List<UUID> orders)
            throws IOException, SQLException {
        return List.of(
                when,
                bench.topics.state(Readers.RESERVATIONS),
                Integer.toString(bench.topics.members(Readers.RESERVATIONS)),
                Long.toString(bench.topics.lag(Readers.RESERVATIONS)),
                Integer.toString(orders.size()),
                Long.toString(bench.evidence.pending(orders)),
                Long.toString(bench.evidence.reservations(orders)));
    }
}
