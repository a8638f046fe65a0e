package io.eventshop.proof.system.chaos;

import io.eventshop.proof.system.chaos.FaultKind.Heading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// What was really broken, and when.
final class Journal {

    private final Queue<Happened> happened = new ConcurrentLinkedQueue<>();
    private final Map<FaultKind, String> skipped = new ConcurrentHashMap<>();

    /// @param ended when the part ran again, or its port took clients
    record Happened(Fault fault, Instant began, Instant ended) {}

    void note(Happened one) {
        happened.add(one);
    }

    void skip(FaultKind kind, String why) {
        skipped.put(kind, why);
    }

    Stream<Happened> of(FaultKind... kinds) {
        var wanted = List.of(kinds);
        return happened.stream().filter(one -> wanted.contains(one.fault().kind()));
    }

    Stream<Happened> alone(FaultKind... kinds) {
        return of(kinds).filter(one -> one.fault().alone());
    }

    int count() {
        return happened.size();
    }

    long count(Heading heading) {
        return happened.stream().filter(one -> one.fault().kind().heading() == heading).count();
    }

    Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        happened.forEach(one -> counts.merge(one.fault().kind().name(), 1, Integer::sum));
        return counts;
    }

    /// Faults that this machine does not allow, and why.
    Map<String, String> skipped() {
        var reasons = new TreeMap<String, String>();
        skipped.forEach((kind, why) -> reasons.put(kind.name(), why));
        return reasons;
    }
}
