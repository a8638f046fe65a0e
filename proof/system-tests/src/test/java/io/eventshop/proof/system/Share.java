package io.eventshop.proof.system;

import io.eventshop.testkit.Quarter;
import java.util.List;
import java.util.stream.IntStream;

/// What of a long list a run goes through that has some of the [Quarter]s only.
public final class Share {

    private static final int QUARTERS = Quarter.ALL.size();

    private Share() {}

    /// This run's share of what a class of proofs goes through: cut into as many parts as the class
    /// has quarters. Neighbours stay together, so what they need is set up once.
    public static <T> List<T> of(Class<?> proof, List<T> all) {
        return of(Quarter.of(proof), Quarter.chosen(), all);
    }

    static <T> List<T> of(List<Integer> quarters, List<Integer> chosen, List<T> all) {
        return IntStream.range(0, quarters.size())
                .filter(part -> chosen.contains(quarters.get(part)))
                .mapToObj(part -> part(all, part, quarters.size()))
                .flatMap(List::stream)
                .toList();
    }

    /// What one quarter has of a list; the four are as long as each other, or longer by one.
    public static <T> List<T> of(int quarter, List<T> all) {
        return part(all, quarter - 1, QUARTERS);
    }

    private static <T> List<T> part(List<T> all, int part, int parts) {
        return all.subList(all.size() * part / parts, all.size() * (part + 1) / parts);
    }

    /// A quarter of a count, rounded up.
    public static int fourthOf(int number) {
        return Math.ceilDiv(number, QUARTERS);
    }
}
