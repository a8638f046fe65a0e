package io.eventshop.testkit;

import java.util.List;
import java.util.stream.IntStream;

/// The proofs are cut into four fixed quarters, since all of them take longer than a change can
/// wait: `-Deventshop.quarter=3` runs the third; without it all four run. `.ci/run` draws one from
/// the commit, so that four changes have seen about everything.
public final class Quarter {

    private static final int COUNT = 4;

    /// Empty or 0 for all.
    private static final int CHOSEN = Integer.getInteger("eventshop.quarter", 0);

    private Quarter() {}

    /// The numbers of the quarters that this run has.
    ///
    /// @throws IllegalStateException if there is no such quarter
    public static List<Integer> chosen() {
        if (CHOSEN < 0 || CHOSEN > COUNT) {
            throw new IllegalStateException(
                    "eventshop.quarter is 1 to %d, not %d".formatted(COUNT, CHOSEN));
        }
        return CHOSEN == 0 ? all() : List.of(CHOSEN);
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, COUNT).boxed().toList();
    }

    /// This run's share: neighbours stay together, so what they need is set up once.
    public static <T> List<T> share(List<T> all) {
        return chosen().stream().flatMap(quarter -> cut(all, quarter).stream()).toList();
    }

    /// What one quarter has of a list; the four are as long as each other, or longer by one.
    public static <T> List<T> cut(List<T> all, int quarter) {
        return all.subList(all.size() * (quarter - 1) / COUNT, all.size() * quarter / COUNT);
    }

    /// A quarter of a count, rounded up.
    public static int of(int number) {
        return Math.ceilDiv(number, COUNT);
    }
}
