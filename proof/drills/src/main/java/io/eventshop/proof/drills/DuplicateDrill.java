package io.eventshop.proof.drills;

import io.eventshop.launcher.servers.RawRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Everything arrives more than once.
final class DuplicateDrill implements Drill {

    private static final int COPIES = 3;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "duplicate";
    }

    @Override
    public String breaks() {
        return "Sends every record of an order %d more times, byte by byte.".formatted(COPIES);
    }

    @Override
    public String standsFor() {
        return "The redelivered message: a producer that retries after a lost answer, or a consumer"
                + " that dies after its work and before its offset is committed. Who charges a card"
                + " on arrival charges it twice.";
    }

    @Override
    public String run(Bench bench) throws IOException, SQLException, InterruptedException {
        var placed = bench.orders.place("KEYBOARD-1", 2);
        var order = List.of(placed.id());
        bench.await("the order's mail", SOON, () -> bench.evidence.areTold(order));
        List<Event> originals = bench.topics.of(placed.id());
        long marks = bench.evidence.marks(originals);
        bench.evidence.records("before: the order's records", originals);
        bench.evidence.orders("before: what came of them", order);

        List<RawRecord> copies =
                IntStream.range(0, COPIES)
                        .boxed()
                        .flatMap(_ -> originals.stream().map(Event::raw))
                        .toList();
        bench.topics.send(copies, "duplicate");
        bench.story.step("%d copies are on the topics", copies.size());
        var readers = List.of(Readers.RESERVATIONS, Readers.SAGA, Readers.MAILS);
        bench.await("the consumers to read them", SOON, () -> bench.topics.areRead(readers));

        List<Event> all = bench.topics.of(placed.id());
        bench.evidence.records("after: the order's records", all);
        bench.evidence.orders("after: what came of them", order);
        bench.story.promise(
                all.size() == originals.size() + copies.size()
                        && Set.copyOf(Event.ids(all)).equals(Set.copyOf(Event.ids(originals))),
                "%d records on the topics are %d events",
                all.size(),
                Event.ids(all).size());
        bench.story.promise(
                bench.evidence.marks(all) == marks,
                "processed_message has its %d rows, no more",
                marks);
        bench.story.promise(
                bench.evidence.reservation(placed.id()).equals(List.of("RESERVED", "2")),
                "one reservation of 2, as ordered");
        bench.story.promise(bench.evidence.mails(order) == 1, "one mail");
        return "every consumer read each copy, found the event's id in processed_message, and"
                + " dropped it. The mark is written in the transaction of the effect, so there is"
                + " never one without the other.";
    }
}
