package io.eventshop.proof.system;

import java.util.List;
import java.util.SplittableRandom;

/// Chance that can be repeated: a fuzzing test says its seed, and the same seed makes the same
/// inputs. Each input has dice of its own, so that the one that failed can be made alone.
///
/// Set the system property `eventshop.fuzz.seed` to repeat a run.
public final class Dice {

    private static final String SEED = "eventshop.fuzz.seed";

    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /// The seed of this run: the one that was asked for, or a new one.
    public static long seed() {
        return Long.getLong(SEED, System.currentTimeMillis());
    }

    /// What a failure has to say.
    public static String repeatBy(long seed, int input) {
        return "input %d of -D%s=%d".formatted(input, SEED, seed);
    }

    /// Splittable, because neighbouring seeds of [java.util.Random] throw alike at first.
    public static Dice of(long seed, int input) {
        return new Dice(new SplittableRandom(seed * 1_000_003 + input));
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// @param bound exclusive
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// Both ends inclusive.
    public long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most) + below(2);
    }

    public <T> T oneOf(List<T> all) {
        return all.get(below(all.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... all) {
        return all[below(all.length)];
    }

    public byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
