package io.eventshop.testkit;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.platform.commons.support.AnnotationSupport;

/// The proofs are cut into four fixed quarters, since all of them take longer than a change can
/// wait: `-Deventshop.quarter=3` runs the third; without it all four run. `.ci/run` draws one from
/// the commit, so that four changes have seen about everything.
public final class Quarter {

    private static final List<Integer> ALL = List.of(1, 2, 3, 4);

    private Quarter() {}

    /// The numbers of the quarters that this run has.
    ///
    /// @throws IllegalStateException if there is no such quarter
    public static List<Integer> chosen() {
        return chosen(System.getProperty("eventshop.quarter", ""));
    }

    static List<Integer> chosen(String quarter) {
        if (quarter.isEmpty()) {
            return ALL;
        }
        return ALL.stream()
                .filter(one -> one.toString().equals(quarter))
                .findFirst()
                .map(List::of)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "eventshop.quarter is one of %s, not %s".formatted(ALL, quarter)));
    }

    /// Those of a class of proofs.
    ///
    /// @throws IllegalStateException if it names none, or one that never comes
    static List<Integer> of(Class<?> proof) {
        var quarters =
                AnnotationSupport.findAnnotation(proof, Proof.class).stream()
                        .flatMapToInt(found -> IntStream.of(found.quarters()))
                        .boxed()
                        .toList();
        if (quarters.isEmpty() || !ALL.containsAll(quarters)) {
            throw new IllegalStateException(
                    "%s belongs to quarters %s, which are not of %s"
                            .formatted(proof.getSimpleName(), quarters, ALL));
        }
        return quarters;
    }

    /// This run's share of what a class of proofs goes through: cut into as many parts as the class
    /// has quarters. Neighbours stay together, so what they need is set up once.
    public static <T> List<T> share(Class<?> proof, List<T> all) {
        return share(of(proof), chosen(), all);
    }

    static <T> List<T> share(List<Integer> quarters, List<Integer> chosen, List<T> all) {
        return IntStream.range(0, quarters.size())
                .filter(part -> chosen.contains(quarters.get(part)))
                .mapToObj(part -> part(all, part, quarters.size()))
                .flatMap(List::stream)
                .toList();
    }

    /// What one quarter has of a list; the four are as long as each other, or longer by one.
    public static <T> List<T> cut(List<T> all, int quarter) {
        return part(all, quarter - 1, ALL.size());
    }

    private static <T> List<T> part(List<T> all, int part, int parts) {
        return all.subList(all.size() * part / parts, all.size() * (part + 1) / parts);
    }

    /// A quarter of a count, rounded up.
    public static int of(int number) {
        return Math.ceilDiv(number, ALL.size());
    }
}
